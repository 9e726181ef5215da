import type { Attachment } from 'svelte/attachments';
import type { Card } from '#shared/contract/record.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import type { Board } from '../state/board.svelte.ts';
import { placeAt } from '../state/place-at.ts';

/** A press of this many milliseconds lifts a card; one that first moves further than this many pixels scrolls. */
const holdMs = 250;
const slackPixels = 8;
/** Distance from an edge within which the board scrolls, in pixels, and the maximum speed, in pixels per frame. */
const edge = 56;
const fastest = 14;

/**
 * Drags a card by touch after a long press; until then the page scrolls as usual. Attach it to the element that scrolls
 * the columns horizontally. `cardAt` finds the card of an element in it; `onrest` is called for a card that was pressed
 * and released in place.
 */
export function touchDraggable(
  board: Board,
  cardAt: (id: string) => Card | undefined,
  onrest: (card: Card, at: DOMRect) => void,
): Attachment<HTMLElement> {
  return (strip) => {
    let holding: ReturnType<typeof setTimeout> | undefined;
    let start = { x: 0, y: 0 };
    let finger: number | null = null;
    let ghost: HTMLElement | null = null;
    let at = { x: 0, y: 0 };
    let frame = 0;

    const lifted = () => ghost !== null;

    function lift(element: HTMLElement): void {
      const card = cardAt(element.dataset['card']!);
      if (!card) return;
      const box = element.getBoundingClientRect();
      ghost = element.cloneNode(true) as HTMLElement;
      ghost.setAttribute('aria-hidden', 'true');
      ghost.dataset['ghost'] = '';
      const { length } = board.selection.dragged(card);
      if (length > 1) ghost.dataset['count'] = String(length);
      Object.assign(ghost.style, {
        position: 'fixed',
        zIndex: '70',
        left: `${box.left}px`,
        top: `${box.top}px`,
        width: `${box.width}px`,
        pointerEvents: 'none',
      });
      document.body.append(ghost);
      navigator.vibrate?.(10);
      board.lift.start(card, 'touch');
      follow();
      frame = requestAnimationFrame(scroll);
    }

    function follow(): void {
      if (!ghost) return;
      ghost.style.translate = `${at.x - start.x}px ${at.y - start.y}px`;
      const under = document.elementFromPoint(at.x, at.y);
      const person = under?.closest<HTMLElement>('[data-person]');
      // Transparent, so that the person's answer below it is readable.
      ghost.style.opacity = person ? '0.35' : '';
      if (person) return board.lift.aim(null, { id: person.dataset['person'] || null });
      const named = under?.closest<HTMLElement>('[data-switch]')?.dataset['switch'];
      const column = named
        ? strip.querySelector<HTMLElement>(`[data-stage="${named}"]`)
        : under?.closest<HTMLElement>('[data-stage]');
      if (!column) return board.lift.aim(null);
      if (named) column.scrollIntoView({ inline: 'center', block: 'nearest' });
      board.lift.aim({
        stage: column.dataset['stage'] as StageKey,
        after: named ? undefined : placeAt(column, at.y),
      });
    }

    function scroll(): void {
      const box = strip.getBoundingClientRect();
      const people = document.elementFromPoint(at.x, at.y)?.closest('[data-rail-list]');
      if (people) scrollPeople(people);
      else strip.scrollLeft += push(at.x, box.left, box.right);
      const column = document.elementFromPoint(at.x, at.y)?.closest('[data-stage]')?.querySelector('[data-scroller]');
      if (column) {
        const inside = column.getBoundingClientRect();
        column.scrollTop += push(at.y, inside.top, inside.bottom);
      }
      follow();
      if (lifted()) frame = requestAnimationFrame(scroll);
    }

    /** The people are in a row or in a column. */
    function scrollPeople(people: Element): void {
      const { left, right, top, bottom } = people.getBoundingClientRect();
      if (people.scrollWidth > people.clientWidth) people.scrollLeft += push(at.x, left, right);
      else people.scrollTop += push(at.y, top, bottom);
    }

    function end(drop: boolean): void {
      clearTimeout(holding);
      finger = null;
      if (!ghost) return;
      cancelAnimationFrame(frame);
      ghost.remove();
      ghost = null;
      const { card } = board.lift;
      const rested = drop && Math.hypot(at.x - start.x, at.y - start.y) < slackPixels;
      if (rested && card) {
        board.lift.putBack();
        onrest(card, new DOMRect(at.x, at.y));
      } else if (drop && (board.lift.target || board.lift.over)) board.lift.drop(at);
      else board.lift.putBack();
      // The release of the drag is not a tap on the card below it.
      window.addEventListener('click', swallow, { capture: true, once: true });
      setTimeout(() => window.removeEventListener('click', swallow, { capture: true }), 50);
    }

    const down = (event: PointerEvent) => {
      if (event.pointerType === 'mouse' || !event.isPrimary) return;
      const element = (event.target as Element).closest<HTMLElement>('[data-card]');
      if (!element || (event.target as Element).closest('button')) return;
      finger = event.pointerId;
      start = at = { x: event.clientX, y: event.clientY };
      holding = setTimeout(() => lift(element), holdMs);
    };
    const move = (event: PointerEvent) => {
      if (event.pointerId !== finger) return;
      at = { x: event.clientX, y: event.clientY };
      if (lifted()) follow();
      else if (Math.hypot(at.x - start.x, at.y - start.y) > slackPixels) end(false);
    };
    const up = (event: PointerEvent) => event.pointerId === finger && end(true);
    const cancel = (event: PointerEvent) => event.pointerId === finger && end(false);
    const hold = (event: Event) => lifted() && event.preventDefault();
    const noMenu = (event: Event) => finger !== null && event.preventDefault();

    strip.addEventListener('pointerdown', down);
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', up);
    window.addEventListener('pointercancel', cancel);
    strip.addEventListener('touchmove', hold, { passive: false });
    strip.addEventListener('contextmenu', noMenu, { capture: true });
    return () => {
      end(false);
      strip.removeEventListener('pointerdown', down);
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', up);
      window.removeEventListener('pointercancel', cancel);
      strip.removeEventListener('touchmove', hold);
      strip.removeEventListener('contextmenu', noMenu, { capture: true });
    };
  };
}

function push(at: number, low: number, high: number): number {
  if (at < low + edge) return -Math.min(fastest, ((low + edge - at) / edge) * fastest);
  if (at > high - edge) return Math.min(fastest, ((at - high + edge) / edge) * fastest);
  return 0;
}

function swallow(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}
