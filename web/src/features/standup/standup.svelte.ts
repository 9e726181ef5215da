import type { BoardEvent } from '#shared/contract/event.ts';
import type { Finding } from '#shared/contract/finding.ts';
import type { Scope } from '#shared/contract/scope.ts';
import type { Standup, StandupDecision, StandupItem, StandupPoint, StandupPresence } from '#shared/contract/standup.ts';
import { permissionDenial, type Actor } from '#shared/domain/ownership.ts';
import { refusalOf, type RequestRefusal } from '#features/record/state/refusal.ts';
import { nameIn } from '#lib/person-names.ts';
import { call } from '#lib/api.ts';
import type { Feed } from '#lib/feed.svelte.ts';
import { announce } from '#lib/announcer.svelte.ts';
import { m } from '#lib/paraglide/messages.js';
import { foldedStandup, isOfStandup, withCard } from './folded-standup.ts';
import { outcomeLabel, type OutcomeKind } from './outcome-labels.ts';
import { ItemRecord } from './item-record.svelte.ts';

/** Debounce of reloads, in milliseconds: concurrent changes of several people cause one reload. */
const settleMs = 200;

/** Interval of the leader's scroll updates, in milliseconds, well within the server's rate limit. */
const pointMs = 60;

/** An outcome form that is open; `person`: the person the record was dropped on. */
export interface OutcomeChoice {
  kind: OutcomeKind;
  position: number;
  person: string | null;
}

/** A standup as one participant has it open: the current item, the participant's own position, and what they may do. */
export class StandupRoom {
  standup = $state.raw<Standup>()!;
  /** The position of a participant who browses on their own; null: they follow the leader. */
  looking = $state<number | null>(null);
  choosing = $state.raw<OutcomeChoice | null>(null);
  /** The dialog that asks the leader whether to end the standup is open. */
  ending = $state(false);
  refusal = $state.raw<RequestRefusal | null>(null);
  busy = $state(false);
  /** Where the leader is reading; null: not received yet. */
  point = $state.raw<StandupPoint | null>(null);
  /** Who is connected, and since when the leader is not; null: not received yet. */
  presence = $state.raw<StandupPresence | null>(null);
  readonly table: ItemRecord;
  readonly feed: Feed;
  readonly self: string;
  readonly #scope: () => Scope;
  /** The last position the leader requested and the server has not answered yet. Requests run one after the other. */
  #onTheWay = $state<number | null>(null);
  #steps: Promise<void> = Promise.resolve();
  #heard = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pointing: ReturnType<typeof setTimeout> | undefined;

  readonly leading = $derived.by(() => this.standup.leader === this.self);
  /** The position this page shows. */
  readonly position = $derived.by(() => this.looking ?? this.#onTheWay ?? this.standup.position);
  readonly item = $derived.by((): StandupItem | undefined => this.standup.items[this.position]);
  readonly decided = $derived.by(() => this.standup.items.filter(({ outcome }) => outcome !== null).length);
  readonly ended = $derived.by(() => this.standup.endedAt !== null);

  constructor(standup: Standup, feed: Feed, scope: () => Scope, self: string) {
    this.standup = standup;
    this.feed = feed;
    this.self = self;
    this.#scope = scope;
    this.table = new ItemRecord(standup.scope, standup.since?.seq ?? 0);
  }

  get scope(): Scope {
    return this.#scope();
  }

  get actor(): Actor {
    return { id: this.self, ...this.scope.own };
  }

  /** Null where this person may lead and decide; otherwise the denial. */
  get barred(): Finding | null {
    return permissionDenial('leadStandups', this.actor);
  }

  isHere = (person: string): boolean => this.presence?.people.includes(person) ?? false;

  get leaderAway(): boolean {
    return this.feed.status === 'live' && (this.presence?.leaderAway ?? null) !== null;
  }

  /** A lead of the scope may take over from anybody, others only from a leader who is away. */
  get canTakeLead(): boolean {
    return this.scope.own.duties.includes('lead');
  }

  personName = (id: string): string => nameIn(this.scope, id) ?? m.app_former_member();

  /** Joins the standup and follows the feed. Returns a function that leaves it. */
  enter(): () => void {
    const stop = this.feed.listen(
      (event) => this.follow(event),
      () => {
        this.table.renew();
        void this.#look();
      },
    );
    const depart = this.feed.attendStandup({
      standup: this.standup.id,
      onPresence: (presence) => (this.presence = presence),
      onPoint: (point) => (this.point = point),
    });
    void this.#send(() => call('post /api/standups/{standup}/join', { ...this.#here, body: {} }), true);
    return () => {
      stop();
      depart();
      clearTimeout(this.#timer);
      clearTimeout(this.#pointing);
      this.table.close();
    };
  }

  follow(event: BoardEvent): void {
    if (event.card) this.standup = withCard(this.standup, event.card);
    this.table.follow(event);
    if (!isOfStandup(event) || event.body.standup !== this.standup.id) return;
    this.#heard++;
    const folded = foldedStandup(this.standup, event);
    if (folded) this.#take(folded);
    else this.#lookSoon();
  }

  /** The leader selects another record for everybody; a participant who browses selects it only for themselves. */
  async goToItem(to: number): Promise<void> {
    const { items, position } = this.standup;
    if (!items[to]) return;
    if (this.looking !== null || !this.leading) {
      this.looking = to;
      return;
    }
    if (to === (this.#onTheWay ?? position)) return;
    this.#onTheWay = to;
    this.#steps = this.#steps.then(() => this.#goTo(to));
    await this.#steps;
  }

  /** Moves one record forward or back. After the last one the leader reaches the end. */
  step(by: -1 | 1): void {
    if (this.looking === null && !this.leading) return;
    const to = this.position + by;
    if (to === this.standup.items.length && this.leading && this.looking === null) this.ending = true;
    else void this.goToItem(to);
  }

  lookAround(): void {
    if (!this.leading) this.looking ??= this.standup.position;
  }

  followLeader(): void {
    this.looking = null;
  }

  /** The page scrolled; shares the position that `read` returns then with the followers of the leader. */
  scrolled(read: () => number): void {
    if (!this.leading || this.looking !== null || this.#pointing !== undefined) return;
    this.#pointing = setTimeout(() => {
      this.#pointing = undefined;
      this.feed.point({ position: this.position, scroll: read() });
    }, pointMs);
  }

  /** Opens the form of an outcome. */
  choose(kind: OutcomeKind, person: string | null = null): void {
    if (!this.item || this.barred) return;
    this.refusal = null;
    this.choosing = { kind, position: this.position, person };
  }

  async decide(position: number, decision: StandupDecision): Promise<RequestRefusal | null> {
    const item = this.standup.items[position]!;
    const refusal = await this.#send(() =>
      call('post /api/standups/{standup}/items/{position}/outcome', {
        params: { standup: this.standup.id, position },
        body: { from: item.outcome, decision },
      }),
    );
    if (!refusal) this.choosing = null;
    return refusal;
  }

  takeLead(): Promise<RequestRefusal | null> {
    this.looking = null;
    const body = { term: this.standup.term };
    return this.#send(() => call('post /api/standups/{standup}/lead', { ...this.#here, body }));
  }

  end(): Promise<RequestRefusal | null> {
    const body = { term: this.standup.term };
    return this.#send(() => call('post /api/standups/{standup}/end', { ...this.#here, body }));
  }

  async #goTo(to: number): Promise<void> {
    const { position: from, term } = this.standup;
    const body = { term, from, to };
    const walk = () => call('post /api/standups/{standup}/walk', { ...this.#here, body });
    // Skips a record that the leader has already paged past.
    if (to === this.#onTheWay && to !== from && !(await this.#send(walk, true))) {
      // The event may arrive after the answer; the next step starts from this position.
      if (this.standup.position === from) this.standup = { ...this.standup, position: to };
    }
    if (to === this.#onTheWay) this.#onTheWay = null;
  }

  get #here() {
    return { params: { standup: this.standup.id } };
  }

  /** Sends a command. An answer is ignored where events arrived meanwhile, because they are newer. */
  async #send(work: () => Promise<{ standup: Standup }>, aside = false): Promise<RequestRefusal | null> {
    if (!aside) this.busy = true;
    const heard = this.#heard;
    try {
      const { standup } = await work();
      if (heard === this.#heard) this.#take(standup);
      else if (this.feed.status !== 'live') this.#lookSoon();
      this.refusal = null;
      return null;
    } catch (error) {
      this.refusal = refusalOf(error);
      if (this.refusal.kind === 'stale') this.#lookSoon();
      return this.refusal;
    } finally {
      if (!aside) this.busy = false;
    }
  }

  #take(standup: Standup): void {
    const before = this.standup;
    this.standup = standup;
    if (before.position !== standup.position) {
      this.point = null;
      if (this.looking === null) this.#announceItem();
    }
    for (const [at, { outcome, card }] of standup.items.entries()) {
      const previous = before.items[at]?.outcome;
      if (outcome && outcome.at !== previous?.at) {
        const label = outcomeLabel(outcome, this.personName);
        announce(m.standup_said_outcome({ reference: card.reference, outcome: label }));
      }
    }
  }

  #announceItem(): void {
    const { items, position } = this.standup;
    const reference = items[position]?.card.reference;
    if (!reference) return;
    announce(m.standup_said_table({ reference, position: position + 1, records: items.length }));
  }

  #lookSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), settleMs);
  }

  async #look(): Promise<void> {
    const heard = this.#heard;
    try {
      const standup = await call('get /api/standups/{standup}', this.#here);
      if (heard === this.#heard) this.#take(standup);
      else this.#lookSoon();
    } catch {
      // After a reconnect the feed triggers a reload.
    }
  }
}
