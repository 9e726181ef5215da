import { createContext } from 'svelte';
import type { BoardEvent } from '#shared/contract/event.ts';
import type { Board as BoardAnswer, Card, CardFilter } from '#shared/contract/record.ts';
import type { PastBoard } from '#shared/contract/since.ts';
import type { Scope } from '#shared/contract/scope.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { isFiltering, passesFilter } from '#shared/domain/card-filter.ts';
import type { Actor } from '#shared/domain/ownership.ts';
import { call } from '#lib/api.ts';
import type { Feed } from '#lib/feed.svelte.ts';
import { nameIn } from '#lib/person-names.ts';
import { ownOperations } from '#lib/own-operations.svelte.ts';
import { announce } from '#lib/announcer.svelte.ts';
import { saveIntents, savedIntents } from '#lib/saved-intents.ts';
import { attentionOf, dragsByStage } from '#features/scope/attention.ts';
import { cardIn, columnOf, type BoardRows } from './board-rows.ts';
import {
  confirmedBoard,
  confirmedRows,
  losesCount,
  withAnswer,
  withColumnWindow,
  withEvent,
  type ConfirmedBoard,
  type ActiveFilter,
} from './confirmed-board.ts';
import { Assigning } from './assigning.svelte.ts';
import { replay, type BoardIntent } from './intents.ts';
import { intentQueue, type QueueHold } from './intent-queue.ts';
import { Lift } from '../drag/lift.svelte.ts';
import { previewOf } from './preview.ts';
import { Refusals } from './refusals.svelte.ts';
import { DeferredMoves } from './deferred-moves.svelte.ts';
import { sendIntent } from './send-intent.ts';
import { Selection } from '../bulk/selection.svelte.ts';
import { BulkActions } from '../bulk/bulk-actions.svelte.ts';
import { doneAnnouncement, refusalAnnouncement, refusedTitle } from './announcements.ts';

/** A requested move: by mouse, touch, keyboard or menu. */
export interface MoveRequest {
  card: Card;
  to: StageKey;
  /** The card above its new place; null: to the top; undefined: to the end. */
  after: string | null | undefined;
  reason?: string;
  /** Where the pointer was released, in window coordinates. */
  at?: { x: number; y: number } | undefined;
}

/** Delay before a filtered board reloads counts that an event made uncertain, in milliseconds. */
const recountMs = 1_500;

/** The board of one scope as one person sees it. Every way to move a card ends in `move`. */
export class Board {
  filter = $state.raw<CardFilter>({});
  /** Why pending intents are not sent now. */
  hold = $state<QueueHold>(null);
  /** A move back that still needs its reason. */
  asking = $state.raw<MoveRequest | null>(null);
  /** The active card, and whether it takes the focus as soon as possible. */
  active = $state.raw<{ id: string; focus: boolean } | null>(null);
  /** Set while a past board is shown: read-only, and without the feed. */
  past = $state.raw<PastBoard | null>(null);
  readonly feed: Feed;
  readonly refusals = new Refusals();
  readonly lift: Lift;
  readonly selection: Selection;
  readonly sets: BulkActions;
  readonly assigning: Assigning;
  /** Cards that others moved while the pointer or the focus is on them here. */
  readonly deferred = new DeferredMoves((id, focused) => {
    if (focused) this.active = { id, focus: true };
  });
  readonly self: string;
  readonly #scope: () => Scope;
  readonly #queue;
  readonly #ats = new Map<string, MoveRequest['at']>();
  /** Columns whose next window failed to load. */
  failed = $state.raw<ReadonlySet<StageKey>>(new Set());
  readonly #loading = new Map<StageKey, Promise<void>>();
  #confirmed: ConfirmedBoard;
  #intents = $state.raw<readonly BoardIntent[]>([]);
  #opened = 0;
  #stop: (() => void) | null = null;
  #following = false;
  #recount: ReturnType<typeof setTimeout> | undefined;

  readonly #moved = $derived.by(() => replay(confirmedRows(this.#confirmed), this.#intents));
  /**
   * The displayed rows: confirmed state with pending intents applied; cards that are dragged or under the pointer stay
   * in place.
   */
  readonly rows: BoardRows = $derived.by(() => this.lift.hold(this.deferred.hold(this.#moved)));
  readonly pending: ReadonlySet<string> = $derived(new Set(this.#intents.map(({ card }) => card.id)));
  /** Who has a record open or drags its card, by record. */
  readonly attention = $derived.by(() => attentionOf(this.feed, this.self));
  /** The drags of other people, by the column they hover over. */
  readonly hands = $derived.by(() => dragsByStage(this.feed.present, this.self));

  constructor(
    answer: BoardAnswer,
    filter: CardFilter,
    feed: Feed,
    scope: () => Scope,
    self: string,
    past: PastBoard | null,
  ) {
    this.past = past;
    this.#confirmed = $state.raw(confirmedBoard(answer));
    this.filter = filter;
    this.feed = feed;
    this.self = self;
    this.#scope = scope;
    this.lift = new Lift(this);
    this.selection = new Selection(this);
    this.sets = new BulkActions(this);
    this.assigning = new Assigning(this);
    this.#queue = intentQueue(sendIntent, {
      changed: (intents, hold) => {
        this.#intents = intents;
        this.hold = hold;
        saveIntents(self, this.scope.id, intents);
      },
      done: (intent, card) => {
        const { operation } = intent;
        this.#ats.delete(operation);
        ownOperations.add({ operation, words: doneAnnouncement(intent, card, (id) => this.personName(id)) });
        this.#confirmed = withAnswer(this.#confirmed, card, intent.card.stage, this.#wanted);
      },
      refused: (intent, problem) => {
        const title = refusedTitle(intent, problem, (id) => this.personName(id));
        this.refusals.add({ card: intent.card, title, problem, at: this.#ats.get(intent.operation) });
        this.#ats.delete(intent.operation);
        announce(refusalAnnouncement(title, problem), { assertive: true });
      },
    });
  }

  get scope(): Scope {
    return this.#scope();
  }

  get actor(): Actor {
    return { id: this.self, ...this.scope.own };
  }

  /** The event number the board is up to date with. */
  get seq(): number {
    return this.#confirmed.seq;
  }

  get filtered(): boolean {
    return isFiltering(this.filter);
  }

  /** Number of intents the server has not answered. */
  get waiting(): number {
    return this.#intents.length;
  }

  personName(id: string | null): string | undefined {
    return nameIn(this.scope, id);
  }

  /** Follows the feed until the returned function is called. */
  follow(): () => void {
    this.#following = true;
    this.#listen();
    // Intents that were pending when the page was left or the session ended.
    const kept = this.waiting === 0 ? savedIntents<BoardIntent>(this.self, this.scope.id) : [];
    for (const intent of kept) this.#queue.add(intent);
    const back = () => this.#queue.resume();
    window.addEventListener('online', back);
    window.addEventListener('focus', back);
    return () => {
      this.#stop?.();
      this.#stop = null;
      this.#following = false;
      this.#queue.close();
      this.deferred.close();
      clearTimeout(this.#recount);
      window.removeEventListener('online', back);
      window.removeEventListener('focus', back);
    };
  }

  /** The connection is back. */
  resume(): void {
    this.#queue.resume();
  }

  /** Shows a newly loaded board; pending intents stay. */
  open(answer: BoardAnswer, filter: CardFilter, past: PastBoard | null = null): void {
    this.#opened++;
    if (filter !== this.filter && this.lift.by === 'keyboard') this.lift.putBack(false);
    this.past = past;
    this.#confirmed = confirmedBoard(answer);
    this.filter = filter;
    this.#loading.clear();
    this.failed = new Set();
    if (this.#following) this.#listen();
  }

  move(request: MoveRequest): void {
    const { card, to, after, reason, at } = request;
    if (this.past || this.#isThere(request)) return;
    const preview = previewOf(card, this.actor, to);
    if (preview.way === 'back' && preview.open && !reason) {
      this.asking = request;
      return;
    }
    const stage = cardIn(this.rows, card.id)?.stage ?? card.stage;
    const shown = preview.open && stage === card.stage;
    this.want({ kind: 'move', operation: crypto.randomUUID(), card, to, after, reason, shown }, at);
  }

  /** Shows an intent and sends it. `at`: where the pointer was released, in window coordinates. */
  want(intent: BoardIntent, at?: MoveRequest['at']): void {
    this.refusals.forget(intent.card.id);
    this.#ats.set(intent.operation, at);
    this.#queue.add(intent);
  }

  /** Loads the next window of a column. Concurrent calls share one request. */
  async more(stage: StageKey): Promise<void> {
    const { next } = columnOf(this.#confirmed.rows, stage);
    if (next === null) return;
    const under = this.#loading.get(stage);
    if (under) return under;
    const loading = this.#loadWindow(stage, next);
    this.#loading.set(stage, loading);
    await loading;
  }

  async #loadWindow(stage: StageKey, next: string): Promise<void> {
    this.#noteFailed(stage, false);
    const opened = this.#opened;
    try {
      const params = { scope: this.scope.id, stage };
      const query = { ...this.filter, after: next };
      const window = await (this.past
        ? call('get /api/scopes/{scope}/stages/{stage}/cards-at', { params, query: { ...query, seq: this.past.seq } })
        : call('get /api/scopes/{scope}/stages/{stage}/cards', { params, query }));
      if (opened === this.#opened) this.#confirmed = withColumnWindow(this.#confirmed, window, next);
    } catch {
      if (opened === this.#opened) this.#noteFailed(stage, true);
    } finally {
      if (opened === this.#opened) this.#loading.delete(stage);
    }
  }

  #noteFailed(stage: StageKey, failed: boolean): void {
    if (this.failed.has(stage) === failed) return;
    const next = new Set(this.failed);
    if (failed) next.add(stage);
    else next.delete(stage);
    this.failed = next;
  }

  get #wanted(): ActiveFilter {
    return { filtered: this.filtered, passes: (card) => passesFilter(this.filter, card, this.self) };
  }

  /** Whether the card is dropped where it already is. */
  #isThere({ card, to, after }: MoveRequest): boolean {
    if (to !== card.stage) return false;
    const { cards } = columnOf(this.rows, to);
    const at = cards.findIndex(({ id }) => id === card.id);
    return after === card.id || (at >= 0 && (after ?? null) === (cards[at - 1]?.id ?? null) && after !== undefined);
  }

  #listen(): void {
    this.#stop?.();
    this.#stop = null;
    clearTimeout(this.#recount);
    if (this.past) return;
    this.#stop = this.feed.listen(
      (event) => this.#take(event),
      () => void this.#reopen(),
      this.#confirmed.seq,
    );
  }

  #take(event: BoardEvent): void {
    if (losesCount(this.#confirmed, event, this.#wanted)) {
      clearTimeout(this.#recount);
      this.#recount = setTimeout(() => void this.#reopen(), recountMs);
    }
    if (event.card && event.actor?.id !== this.self && !this.pending.has(event.card.id))
      this.deferred.notice(event, cardIn(this.rows, event.card.id));
    this.#confirmed = withEvent(this.#confirmed, event, this.#wanted);
    this.lift.notice(event);
  }

  async #reopen(): Promise<void> {
    const { filter } = this;
    const opened = this.#opened;
    try {
      const answer = await call('get /api/scopes/{scope}/board', { params: { scope: this.scope.id }, query: filter });
      if (opened === this.#opened) this.open(answer, filter);
    } catch {
      clearTimeout(this.#recount);
      this.#recount = setTimeout(() => void this.#reopen(), recountMs);
    }
  }
}

export const [getBoard, provideBoard] = createContext<Board>();
