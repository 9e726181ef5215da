import { createContext } from 'svelte';
import type { Socket } from 'socket.io-client';
import type { BoardEvent } from '#shared/contract/event.ts';
import type { ClientToServer, ServerToClient } from '#shared/contract/feed.ts';
import type { Attention, Presence } from '#shared/contract/presence.ts';
import type { StandupPoint, StandupPresence } from '#shared/contract/standup.ts';
import { paceOf } from './pace.ts';
import { call, ProblemError } from './api.ts';
import { pagePerson, reloadForOther } from './page-person.ts';
import { eventOrder } from './event-order.ts';
import { feedPolling } from './feed-polling.ts';

/**
 * `polling`: the socket cannot connect but the API answers, so the feed polls for events; `signed-out`: the session
 * ended; `gone`: the scope does not exist for this person any more.
 */
export type FeedStatus = 'connecting' | 'live' | 'polling' | 'offline' | 'signed-out' | 'gone';

interface Listener {
  /** The last event number this listener has processed. */
  seq: number;
  on(event: BoardEvent): void;
  reload(): void;
}

/** The callbacks of a page that follows a standup: who is connected to it, and where its leader is reading. */
export interface StandupListener {
  readonly standup: string;
  onPresence(presence: StandupPresence): void;
  onPoint(point: StandupPoint): void;
}

/** An event that arrives this many milliseconds after its successor is treated as lost. */
const lateMs = 150;
/** Minimum time between reloads, in milliseconds. A long import signals many times that the trail has advanced. */
const betweenReloads = 1_000;
/** Delay before reconnecting, in milliseconds. A socket that the server denied does not reconnect by itself. */
const betweenDenials = 2_000;
/**
 * Minimum time between presence updates, in milliseconds. The server relays ten per second; a moving pointer sends only
 * its latest position.
 */
const betweenAttentions = 120;

/**
 * The events of one scope, in order and without gaps, and the presence of others. It connects with `open()`, which the
 * scope's layout calls in the browser; on the server it stays `connecting`.
 */
export class Feed {
  status = $state<FeedStatus>('connecting');
  /** Everybody else who has this scope open; one entry per open page. */
  present = $state.raw<readonly Presence[]>([]);
  /** How many further pages have it open, where there are too many to list. */
  unlisted = $state(0);
  /** Called when there is a new notification for this person, and whenever the feed is live again. */
  onSignal: () => void = () => {};
  readonly scope: string;
  readonly #listeners = new Set<Listener>();
  readonly #order;
  #started: boolean;
  #socket: Socket<ServerToClient, ClientToServer> | null = null;
  #attention: Attention = { record: null, lifted: null, more: 0, held: null, writing: false };
  readonly #tell = paceOf(betweenAttentions, () => this.#sayAttention());
  #attended: StandupListener | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #askAt = 0;
  #notBefore = 0;
  #asking = false;
  #askAgain = false;
  #closed = false;
  #denied: ReturnType<typeof setTimeout> | undefined;
  readonly #polling = feedPolling(
    () => this.#poll(),
    (reached) => {
      if (this.status === 'offline' || this.status === 'polling') this.status = reached ? 'polling' : 'offline';
    },
  );

  constructor(scope: string, seq?: number) {
    this.scope = scope;
    this.#started = seq !== undefined;
    this.#order = eventOrder(seq ?? 0);
  }

  /** Connects, and reconnects until `close`. */
  async open(): Promise<void> {
    this.#closed = false;
    const client = await import('socket.io-client').catch(() => null);
    if (this.#closed || this.#socket) return;
    if (!client) {
      this.status = 'offline';
      this.#denied = setTimeout(() => void this.open(), betweenDenials);
      return;
    }
    const socket: Socket<ServerToClient, ClientToServer> = client.io({
      path: '/socket.io',
      transports: ['websocket'],
      auth: { person: pagePerson() ?? undefined },
      reconnectionDelay: 250,
      reconnectionDelayMax: 3_000,
    });
    this.#socket = socket;
    socket.on('connect', () => {
      this.#polling.stop();
      this.#watch(socket);
    });
    socket.on('connect_error', (error) => {
      if (error.message === 'signed-out') return this.#end('signed-out');
      if (error.message === 'other-person') return reloadForOther();
      if (this.status !== 'polling') this.status = 'offline';
      this.#polling.failed();
      if (!socket.active) this.#denied = setTimeout(() => socket.connect(), betweenDenials);
    });
    socket.on('disconnect', (reason) => {
      this.present = [];
      if (this.#closed || this.status === 'gone') return;
      this.status = 'offline';
      // The server closes a socket when its person's duties change; reconnecting checks what they may see now.
      if (reason === 'io server disconnect') socket.connect();
    });
    socket.on('event', (scope, event) => {
      if (scope !== this.scope) return;
      this.#hand(this.#order.take(event));
      if (this.#order.missing) this.#askSoon(lateMs);
    });
    socket.on('told', () => this.onSignal());
    socket.on('standupPresence', (standup, presence) => this.#attending(standup)?.onPresence(presence));
    socket.on('pointed', (standup, point) => this.#attending(standup)?.onPoint(point));
    socket.on('advanced', (scope, seq) => {
      if (scope === this.scope && seq > this.#order.seq) this.#askSoon(0);
    });
    socket.on('presence', (scope, changes) => {
      if (scope !== this.scope) return;
      const news = changes.present.filter(({ connection }) => connection !== socket.id);
      const changed = new Set([...changes.absent, ...news.map(({ connection }) => connection)]);
      this.#setPresent([...this.present.filter(({ connection }) => !changed.has(connection)), ...news], changes.pages);
    });
  }

  /**
   * Calls `on` for every event after `seq`, in order. `onReload`: too much was missed, reload everything. Without `seq`
   * it starts at the present number. Returns a function that unsubscribes.
   */
  listen(on: (event: BoardEvent) => void, onReload: () => void, seq?: number): () => void {
    const listener: Listener = { seq: seq ?? this.#order.seq, on, reload: onReload };
    this.#listeners.add(listener);
    if (seq !== undefined && (!this.#started || seq < this.#order.seq)) {
      const behind = this.#started;
      this.#started = true;
      this.#hand(this.#order.restart(seq));
      if (behind && this.status === 'live') this.#askSoon(0);
    }
    return () => this.#listeners.delete(listener);
  }

  /**
   * Tells the others which record this page has open, which card it drags, where to, and whether somebody is typing.
   */
  attend(attention: Partial<Attention>): void {
    const next = { ...this.#attention, ...attention };
    if (JSON.stringify(next) === JSON.stringify(this.#attention)) return;
    this.#attention = next;
    this.#tell.soon();
  }

  /** Follows a standup from this page and resumes after each interruption. Returns a function that stops it. */
  attendStandup(attended: StandupListener): () => void {
    this.#attended = attended;
    this.#attend();
    return () => {
      if (this.#attended !== attended) return;
      this.#attended = null;
      this.#socket?.emit('departStandup', attended.standup);
    };
  }

  /** Sends the followers of the standup where its leader is reading. */
  point(point: StandupPoint): void {
    if (this.#attended && this.status === 'live') this.#socket?.volatile.emit('point', this.#attended.standup, point);
  }

  close(): void {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    clearTimeout(this.#denied);
    this.#polling.stop();
    this.#tell.stop();
    this.#socket?.disconnect();
    this.#socket = null;
    this.present = [];
    this.status = 'connecting';
  }

  #sayAttention(): void {
    if (this.status === 'live') this.#socket?.emit('attend', this.scope, this.#attention);
  }

  #watch(socket: Socket<ServerToClient, ClientToServer>): void {
    socket.emit('watch', this.scope, (watching) => {
      if (!watching) return this.#end('gone');
      if (!this.#started) {
        this.#started = true;
        this.#hand(this.#order.restart(watching.seq));
        for (const listener of this.#listeners) listener.seq = Math.max(listener.seq, watching.seq);
      }
      this.#setPresent(watching.present, watching.pages);
      this.status = 'live';
      this.#attend();
      this.onSignal();
      if (this.#attention.record || this.#attention.lifted) this.#tell.soon();
      if (watching.seq !== this.#order.seq) this.#askSoon(0);
    });
  }

  #attend(): void {
    const attended = this.#attended;
    if (!attended || this.status !== 'live') return;
    this.#socket?.emit('attendStandup', attended.standup, (answer) => {
      if (!answer || this.#attended !== attended) return;
      attended.onPresence(answer.presence);
      if (answer.point) attended.onPoint(answer.point);
    });
  }

  #attending(standup: string): StandupListener | null {
    return this.#attended?.standup === standup ? this.#attended : null;
  }

  #end(status: 'signed-out' | 'gone'): void {
    this.#polling.stop();
    this.#socket?.disconnect();
    this.present = [];
    this.status = status;
  }

  #hand(events: readonly BoardEvent[]): void {
    for (const event of events) {
      for (const listener of this.#listeners) {
        if (event.seq <= listener.seq) continue;
        listener.seq = event.seq;
        listener.on(event);
      }
    }
  }

  /** Schedules a request in this many milliseconds, unless an earlier one is already scheduled. */
  #askSoon(milliseconds: number): void {
    const at = Math.max(performance.now() + milliseconds, this.#notBefore);
    if (this.#timer !== null && this.#askAt <= at) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#askAt = at;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#ask();
    }, at - performance.now());
  }

  /** Returns whether the server was reached. */
  async #poll(): Promise<boolean> {
    if (!this.#started) return false;
    await this.#ask();
    return !this.#askAgain;
  }

  async #ask(): Promise<void> {
    if (this.#asking) {
      this.#askAgain = true;
      return;
    }
    this.#asking = true;
    this.#askAgain = false;
    try {
      const ask = { params: { scope: this.scope }, query: { after: this.#order.seq } };
      const { seq, reload, events } = await call('get /api/scopes/{scope}/events', ask);
      if (reload) this.#reload(seq);
      else for (const event of events) this.#hand(this.#order.take(event));
    } catch (error) {
      const problem = error instanceof ProblemError ? error.problem.type : null;
      if (problem === 'signed-out') this.#end('signed-out');
      else if (problem === 'not-found') this.#end('gone');
      else this.#askAgain = true;
      this.#notBefore = performance.now() + betweenReloads;
    }
    this.#asking = false;
    if ((this.#askAgain || this.#order.missing) && this.status === 'live') this.#askSoon(0);
  }

  #reload(seq: number): void {
    this.#notBefore = performance.now() + betweenReloads;
    const waiting = this.#order.restart(seq);
    for (const listener of this.#listeners) {
      listener.seq = seq;
      listener.reload();
    }
    this.#hand(waiting);
  }

  #setPresent(present: readonly Presence[], pages: number): void {
    this.present = present;
    this.unlisted = Math.max(0, pages - 1 - present.length);
  }
}

const [getFeed, setFeed] = createContext<Feed>();
export { getFeed };

export function provideFeed(feed: Feed): Feed {
  return setFeed(feed);
}
