import type { CellPosition } from './entry-grid.ts';

type Key = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

/** The caret in the text of a cell: a step beyond the text leaves the cell, a step inside it does not. */
export interface Caret {
  atStart: boolean;
  atEnd: boolean;
  /** Several lines of text, in which up and down move the caret. */
  tall: boolean;
}

const steps: Record<string, CellPosition> = {
  ArrowUp: { line: -1, column: 0 },
  ArrowDown: { line: 1, column: 0 },
  ArrowLeft: { line: 0, column: -1 },
  ArrowRight: { line: 0, column: 1 },
};

/** The step of a key from a cell; null where the key stays in the cell's own text. */
export function stepOf({ key, altKey, ctrlKey, metaKey, shiftKey }: Key, caret: Caret): CellPosition | null {
  if (altKey || ctrlKey || metaKey) return null;
  if (key === 'Enter') return { line: shiftKey ? -1 : 1, column: 0 };
  if (key === 'ArrowLeft' && !caret.atStart) return null;
  if (key === 'ArrowRight' && !caret.atEnd) return null;
  if (caret.tall && (key === 'ArrowUp' ? !caret.atStart : key === 'ArrowDown' && !caret.atEnd)) return null;
  return steps[key] ?? null;
}

export function caretOf(field: Element): Caret {
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) {
    return { atStart: true, atEnd: true, tall: false };
  }
  const { selectionStart, selectionEnd, value } = field;
  const whole = selectionStart === 0 && selectionEnd === value.length;
  return {
    atStart: selectionEnd === 0 || whole,
    atEnd: selectionStart === value.length || whole,
    tall: field instanceof HTMLTextAreaElement,
  };
}
