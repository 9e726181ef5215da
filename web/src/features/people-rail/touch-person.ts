import type { Attachment } from 'svelte/attachments';

/**
 * As for cards: a press of this many milliseconds lifts a person; one that first moves further than this many pixels
 * scrolls.
 */
const holdMs = 250;
const slackPixels = 8;

interface PersonDragTarget {
  over(person: string | null, at: { x: number; y: number }): void;
  drop(at: { x: number; y: number }): void;
  putBack(): void;
}

/** Drags a person onto a card by touch after a long press. Attach it to the list of people. */
export function touchPersonDraggable({ over, drop, putBack }: PersonDragTarget): Attachment<HTMLElement> {
  return (list) => {
    let holding: ReturnType<typeof setTimeout> | undefined;
    let finger: number | null = null;
    let ghost: HTMLElement | null = null;
    let person: string | null = null;
    let start = { x: 0, y: 0 };
    let at = start;

    function lift(element: HTMLElement): void {
      person = element.dataset['person'] || null;
      const box = element.getBoundingClientRect();
      ghost = element.cloneNode(true) as HTMLElement;
      ghost.setAttribute('aria-hidden', 'true');
      ghost.dataset['ghost'] = '';
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
      over(person, at);
    }

    function end(dropped: boolean): void {
      clearTimeout(holding);
      finger = null;
      if (!ghost) return;
      ghost.remove();
      ghost = null;
      if (dropped) drop(at);
      else putBack();
      window.addEventListener('click', swallow, { capture: true, once: true });
      setTimeout(() => window.removeEventListener('click', swallow, { capture: true }), 50);
    }

    const down = (event: PointerEvent) => {
      if (event.pointerType === 'mouse' || !event.isPrimary) return;
      const element = (event.target as Element).closest<HTMLElement>('[data-person]');
      if (!element) return;
      finger = event.pointerId;
      start = at = { x: event.clientX, y: event.clientY };
      holding = setTimeout(() => lift(element), holdMs);
    };
    const move = (event: PointerEvent) => {
      if (event.pointerId !== finger) return;
      at = { x: event.clientX, y: event.clientY };
      if (ghost) {
        ghost.style.translate = `${at.x - start.x}px ${at.y - start.y}px`;
        over(person, at);
      } else if (Math.hypot(at.x - start.x, at.y - start.y) > slackPixels) end(false);
    };
    const up = (event: PointerEvent) => event.pointerId === finger && end(true);
    const cancel = (event: PointerEvent) => event.pointerId === finger && end(false);
    const hold = (event: Event) => ghost && event.preventDefault();
    const noMenu = (event: Event) => finger !== null && event.preventDefault();

    list.addEventListener('pointerdown', down);
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', up);
    window.addEventListener('pointercancel', cancel);
    list.addEventListener('touchmove', hold, { passive: false });
    list.addEventListener('contextmenu', noMenu, { capture: true });
    return () => {
      end(false);
      list.removeEventListener('pointerdown', down);
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', up);
      window.removeEventListener('pointercancel', cancel);
      list.removeEventListener('touchmove', hold);
      list.removeEventListener('contextmenu', noMenu, { capture: true });
    };
  };
}

function swallow(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}
