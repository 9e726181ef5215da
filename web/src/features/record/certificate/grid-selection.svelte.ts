import type { CellPosition } from './entry-grid.ts';

/** The selected cells of a table, from the start of the selection to its end. */
export class GridSelection {
  #from = $state.raw<CellPosition | null>(null);
  #to = $state.raw<CellPosition | null>(null);

  get several(): boolean {
    const range = this.range;
    return range !== null && (range.first.line !== range.last.line || range.first.column !== range.last.column);
  }

  get range(): { first: CellPosition; last: CellPosition } | null {
    const [from, to] = [this.#from, this.#to];
    if (!from || !to) return null;
    return {
      first: { line: Math.min(from.line, to.line), column: Math.min(from.column, to.column) },
      last: { line: Math.max(from.line, to.line), column: Math.max(from.column, to.column) },
    };
  }

  begin(at: CellPosition): void {
    this.#from = at;
    this.#to = at;
  }

  extend(to: CellPosition): void {
    this.#from ??= to;
    this.#to = to;
  }

  end(): void {
    this.#from = null;
    this.#to = null;
  }

  has({ line, column }: CellPosition): boolean {
    const range = this.several ? this.range : null;
    return (
      range !== null &&
      line >= range.first.line &&
      line <= range.last.line &&
      column >= range.first.column &&
      column <= range.last.column
    );
  }
}
