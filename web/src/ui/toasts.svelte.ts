export interface Toast {
  id: number;
  words: string;
  /** An undo, or a link to the result. */
  action?: { label: string; run: () => void };
}

/** Short confirmations, one at a time. Errors never appear here; they are shown where they occur. */
class Toasts {
  list = $state.raw<readonly Toast[]>([]);
  #next = 0;

  say(words: string, action?: Toast['action']): void {
    this.list = [{ id: this.#next++, words, action }];
  }

  dismiss(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }
}

export const toasts = new Toasts();
