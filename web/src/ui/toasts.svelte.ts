export interface Toast {
  id: number;
  words: string;
  /** A way to take it back, or to go and see. */
  action?: { label: string; run: () => void };
}

/** Says in passing that something is done, one thing at a time. What went wrong is said where it went wrong, never here. */
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
