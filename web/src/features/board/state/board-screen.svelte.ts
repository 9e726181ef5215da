import { createContext } from 'svelte';
import type { Card } from '#shared/contract/record.ts';
import { todayIn } from '#lib/today.ts';
import { cardIn } from './board-rows.ts';
import type { Board } from './board.svelte.ts';
import { serverNow, whenClockSet } from '#lib/server-clock.ts';

export type Density = 'comfortable' | 'compact';

const year = 365 * 24 * 60 * 60;
const tick = 60_000;

/** The state of the board in this window: card size, clock, menu, focus. */
export class BoardScreen {
  density = $state<Density>('comfortable');
  /** The people beside the board are expanded, in a wide window. */
  rail = $state(true);
  /** In a narrow window: the people are open over the board. */
  sheet = $state(false);
  /** The present moment in milliseconds, updated once a minute; for a past board, its moment. */
  readonly now = $derived.by(() => {
    const { past } = this.#board;
    return past?.at ? Date.parse(past.at) : this.#clock;
  });
  /** While printing, every loaded card is rendered, visible or not. */
  printing = $state(false);
  readonly today = $derived.by(() => todayIn(this.#board.scope, this.now));
  /** The card whose menu is open, and the menu's position. */
  menu = $state.raw<{ card: Card; at: DOMRect } | null>(null);
  #clock = $state(serverNow().getTime());
  readonly #board: Board;
  /** The one card in the tab order. */
  readonly tabStop = $derived.by(() => {
    const { active, rows } = this.#board;
    if (active && cardIn(rows, active.id)) return active.id;
    return rows.find(({ cards }) => cards.length > 0)?.cards[0]?.id;
  });

  constructor(board: Board, { density, rail }: { density: Density; rail: boolean }) {
    this.#board = board;
    this.density = density;
    this.rail = rail;
  }

  get compact(): boolean {
    return this.density === 'compact';
  }

  /** Stores the density in a cookie, so that the server renders it and nothing moves. */
  choose(density: Density): void {
    this.density = density;
    document.cookie = `density=${density}; path=/; max-age=${year}; samesite=lax`;
  }

  showRail(rail: boolean): void {
    this.rail = rail;
    document.cookie = `rail=${rail ? 'open' : 'closed'}; path=/; max-age=${year}; samesite=lax`;
  }

  openMenu(card: Card, at: DOMRect): void {
    if (this.#board.past) return;
    this.focused(card.id);
    this.menu = { card, at };
  }

  focused(id: string): void {
    if (this.#board.active?.id !== id) this.#board.active = { id, focus: false };
  }

  /** Runs the clock until the returned function is called. */
  run(): () => void {
    const look = () => (this.#clock = serverNow().getTime());
    const timer = setInterval(look, tick);
    const stop = whenClockSet(look);
    return () => {
      clearInterval(timer);
      stop();
    };
  }
}

export const [getBoardScreen, provideBoardScreen] = createContext<BoardScreen>();
