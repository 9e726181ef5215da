import type { BoardEvent } from '#shared/contract/event.ts';
import type { Card, Column } from '#shared/contract/record.ts';
import type { StageKey } from '#shared/contract/stage.ts';

/**
 * One column as far as it is loaded: `cards` are all cards of the stage up to the key `next`; null: the whole stage.
 */
export interface ColumnRows {
  readonly stage: StageKey;
  readonly count: number;
  /** Number of cards of the stage with an active waiver, regardless of the filter. */
  readonly waived: number;
  readonly cards: readonly Card[];
  readonly next: string | null;
}

/** Columns in the order of the stages. Immutable; an unchanged column stays the same object. */
export type BoardRows = readonly ColumnRows[];

/** Negative: a is above b. The order of the server, `rank, id`, compared byte by byte. */
export function compareCards(a: Pick<Card, 'rank' | 'id'>, b: Pick<Card, 'rank' | 'id'>): number {
  if (a.rank !== b.rank) return a.rank < b.rank ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

export function columnOf(rows: BoardRows, stage: StageKey): ColumnRows {
  return rows.find((column) => column.stage === stage)!;
}

/** A loaded card; undefined where it is outside the loaded windows. */
export function cardIn(rows: BoardRows, id: string): Card | undefined {
  for (const { cards } of rows) {
    const card = cards.find((one) => one.id === id);
    if (card) return card;
  }
  return undefined;
}

/** The rows with one column replaced. */
export function withColumn(rows: BoardRows, stage: StageKey, change: (column: ColumnRows) => ColumnRows): BoardRows {
  return rows.map((column) => (column.stage === stage ? change(column) : column));
}

export function withoutCard(rows: BoardRows, id: string): BoardRows {
  return rows.map((column) => {
    const at = column.cards.findIndex((card) => card.id === id);
    return at < 0 ? column : { ...column, cards: column.cards.toSpliced(at, 1) };
  });
}

/** Places a card by its stage and rank, where that is within the loaded windows, and removes it everywhere else. */
export function withCard(rows: BoardRows, card: Card): BoardRows {
  return rows.map((column) => {
    const at = column.cards.findIndex(({ id }) => id === card.id);
    const belongs = column.stage === card.stage && isWithin(column, card);
    if (at < 0 && !belongs) return column;
    const cards = [...column.cards];
    if (at >= 0) cards.splice(at, 1);
    if (belongs) cards.splice(placeOf(cards, card), 0, card);
    return { ...column, cards };
  });
}

/** Appends the window that was requested with `after`; does nothing where the column has changed its end since. */
export function withWindow(rows: BoardRows, window: Column, after: string): BoardRows {
  return withColumn(rows, window.stage, (column) => {
    if (column.next !== after) return column;
    const loadedIds = new Set(rows.flatMap(({ cards }) => cards.map(({ id }) => id)));
    const fresh = window.cards.filter(({ id }) => !loadedIds.has(id));
    return { ...column, cards: [...column.cards, ...fresh].sort(compareCards), next: window.next };
  });
}

export function withCounts(rows: BoardRows, counts: BoardEvent['counts']): BoardRows {
  return rows.map((column) => {
    const { [column.stage]: count = column.count, [`${column.stage}.waived` as const]: waived = column.waived } =
      counts;
    return count === column.count && waived === column.waived ? column : { ...column, count, waived };
  });
}

/** Under a filter the board keeps its own counts, and takes only those that do not depend on the filter. */
export function withWaivedCounts(rows: BoardRows, counts: BoardEvent['counts']): BoardRows {
  return withCounts(rows, Object.fromEntries(Object.entries(counts).filter(([key]) => key.endsWith('.waived'))));
}

export function addToCounts(rows: BoardRows, change: Partial<Record<StageKey, number>>): BoardRows {
  return rows.map((column) => {
    const by = change[column.stage];
    return by ? { ...column, count: Math.max(column.count + by, 0) } : column;
  });
}

function isWithin({ next }: ColumnRows, card: Card): boolean {
  if (next === null) return true;
  const [rank, id] = next.split(' ') as [string, string];
  return compareCards(card, { rank, id }) <= 0;
}

/** The index of a card among sorted ones. */
function placeOf(cards: readonly Card[], card: Card): number {
  let low = 0;
  let high = cards.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareCards(cards[middle]!, card) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
