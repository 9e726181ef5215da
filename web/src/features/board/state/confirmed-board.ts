import type { BoardEvent } from '#shared/contract/event.ts';
import type { Board, Card, Column } from '#shared/contract/record.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import {
  addToCounts,
  cardIn,
  withCard,
  withCounts,
  withoutCard,
  withWaivedCounts,
  withWindow,
  type BoardRows,
} from './board-rows.ts';

type CountChange = Partial<Record<StageKey, number>>;

/**
 * What the server has confirmed so far, and nothing else. A card never returns to an earlier version, whichever of the
 * answer to a command, its event and a window of a column arrives first.
 */
export interface ConfirmedBoard {
  readonly rows: BoardRows;
  readonly seq: number;
  /** Cards that recent answers and events contained, wherever they are now. */
  readonly lately: ReadonlyMap<string, Named>;
}

interface Named {
  readonly version: number;
  /** The changes of the counts that the event of this version will still bring. */
  readonly counts: CountChange;
}

/** Which cards this board shows. `filtered`: it leaves some out, so it keeps its own counts. */
export interface ActiveFilter {
  readonly filtered: boolean;
  passes(card: Card): boolean;
}

const rememberedCards = 300;
const none: CountChange = {};

export const confirmedBoard = ({ columns, seq }: Board): ConfirmedBoard => ({ rows: columns, seq, lately: new Map() });

/** The rows to display: the counts include answers whose events have not arrived yet. */
export function confirmedRows({ rows, lately }: ConfirmedBoard): BoardRows {
  let shown = rows;
  for (const { counts } of lately.values()) if (counts !== none) shown = addToCounts(shown, counts);
  return shown;
}

/** Applies an event of the feed. Ignores an event older than the board. */
export function withEvent(board: ConfirmedBoard, event: BoardEvent, wanted: ActiveFilter): ConfirmedBoard {
  if (event.seq <= board.seq) return board;
  const { card } = event;
  const counted = (rows: BoardRows) =>
    wanted.filtered ? withWaivedCounts(rows, event.counts) : withCounts(rows, event.counts);
  if (!card) return { ...board, rows: counted(board.rows), seq: event.seq };
  const last = board.lately.get(card.id);
  const newer = !last || card.version > last.version;
  return {
    rows: counted(newer ? place(board.rows, card, wanted) : board.rows),
    seq: event.seq,
    lately: newer || card.version === last.version ? remember(board.lately, card.id, card.version, none) : board.lately,
  };
}

/** Applies the card that a command returned. */
export function withAnswer(board: ConfirmedBoard, card: Card, from: StageKey, wanted: ActiveFilter): ConfirmedBoard {
  const last = board.lately.get(card.id);
  const newestVersion = Math.max(last?.version ?? 0, cardIn(board.rows, card.id)?.version ?? 0);
  if (newestVersion >= card.version) return board;
  const moved = from === card.stage || wanted.filtered ? none : { [from]: -1, [card.stage]: 1 };
  const counts = last && last.counts !== none ? sum(last.counts, moved) : moved;
  return {
    ...board,
    rows: place(board.rows, card, wanted),
    lately: remember(board.lately, card.id, card.version, counts),
  };
}

/** Appends the window of a column that was requested with `after`. */
export function withColumnWindow(board: ConfirmedBoard, window: Column, after: string): ConfirmedBoard {
  const cards = window.cards.filter(({ id, version }) => version >= (board.lately.get(id)?.version ?? 0));
  return { ...board, rows: withWindow(board.rows, { ...window, cards }, after) };
}

/**
 * Whether this event may have changed the counts of a filtered board in a way this page cannot compute: its card is or
 * was outside the loaded windows.
 */
export function losesCount({ rows }: ConfirmedBoard, { card }: BoardEvent, { filtered }: ActiveFilter): boolean {
  return filtered && card !== null && !cardIn(rows, card.id) && rows.some(({ next }) => next !== null);
}

function place(rows: BoardRows, card: Card, { filtered, passes }: ActiveFilter): BoardRows {
  const shown = cardIn(rows, card.id);
  if (shown && shown.version >= card.version) return rows;
  const passesNow = passes(card);
  const placed = passesNow ? withCard(rows, card) : withoutCard(rows, card.id);
  if (!filtered) return placed;
  return addToCounts(placed, sum(shown ? { [shown.stage]: -1 } : none, passesNow ? { [card.stage]: 1 } : none));
}

/** The newest comes last. Above the limit the oldest are dropped, unless their event has not arrived yet. */
function remember(lately: ConfirmedBoard['lately'], id: string, version: number, counts: CountChange) {
  const next = new Map(lately);
  next.delete(id);
  next.set(id, { version, counts });
  if (next.size <= rememberedCards) return next;
  for (const [old, named] of next) {
    if (next.size <= rememberedCards) break;
    if (named.counts === none) next.delete(old);
  }
  return next;
}

function sum(a: CountChange, b: CountChange): CountChange {
  const total = { ...a };
  for (const [stage, by] of Object.entries(b) as [StageKey, number][]) total[stage] = (total[stage] ?? 0) + by;
  return total;
}
