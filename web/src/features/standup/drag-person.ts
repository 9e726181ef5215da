import type { Attachment } from 'svelte/attachments';
import { isEscape } from '#lib/keys.ts';

/**
 * A touch of this many milliseconds lifts; one that moves before that scrolls. A mouse lifts after moving this many
 * pixels.
 */
const holdMs = 250;
const slackPixels = 6;
/** Offset and maximum width of the drag image, in pixels, so that it hides nobody. */
const besidePixels = 12;
const ghostPixels = 200;

export interface PersonDrag {
  /** The element was lifted. */
  start(): void;
  /** The value of `data-takes` of the element under the pointer; null: none. */
  over(target: string | null): void;
  /** Dropped on that target; null: it returns to its place. */
  drop(target: string | null): void;
}

/** Makes an element draggable by mouse or touch, as a copy, onto any element with `data-takes`. */
export function personDrag(carrying: PersonDrag): Attachment<HTMLElement> {
  return (element) => {
    let pointer: number | null = null;
    let start = { x: 0, y: 0 };
    let ghost: HTMLElement | null = null;
    let target: string | null = null;
    let holding: ReturnType<typeof setTimeout> | undefined;

    function lift(): void {
      ghost = element.cloneNode(true) as HTMLElement;
      ghost.setAttribute('aria-hidden', 'true');
      ghost.removeAttribute('id');
      ghost.dataset['ghost'] = '';
      Object.assign(ghost.style, {
        position: 'fixed',
        zIndex: '70',
        left: `${start.x + besidePixels}px`,
        top: `${start.y + besidePixels}px`,
        width: `${Math.min(element.offsetWidth, ghostPixels)}px`,
        pointerEvents: 'none',
      });
      document.body.append(ghost);
      carrying.start();
    }

    function aim(x: number, y: number): void {
      ghost!.style.translate = `${x - start.x}px ${y - start.y}px`;
      const under = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-takes]');
      const dropTarget = under?.dataset['takes'] ?? null;
      if (dropTarget !== target) carrying.over((target = dropTarget));
    }

    function end(drop: boolean): void {
      clearTimeout(holding);
      pointer = null;
      if (!ghost) return;
      ghost.remove();
      ghost = null;
      const on = drop ? target : null;
      target = null;
      carrying.drop(on);
      // The release of the drag is not a click on the element below it.
      window.addEventListener('click', swallow, { capture: true, once: true });
      setTimeout(() => window.removeEventListener('click', swallow, { capture: true }), 50);
    }

    const down = (event: PointerEvent) => {
      if (!event.isPrimary || event.button !== 0) return;
      if ((event.target as Element).closest('a, button')) return;
      pointer = event.pointerId;
      start = { x: event.clientX, y: event.clientY };
      if (event.pointerType !== 'mouse') holding = setTimeout(lift, holdMs);
    };
    const move = (event: PointerEvent) => {
      if (event.pointerId !== pointer) return;
      const far = Math.hypot(event.clientX - start.x, event.clientY - start.y) > slackPixels;
      if (!ghost && far && event.pointerType === 'mouse') lift();
      if (ghost) aim(event.clientX, event.clientY);
      else if (far) end(false);
    };
    const up = (event: PointerEvent) => event.pointerId === pointer && end(true);
    const cancel = (event: PointerEvent) => event.pointerId === pointer && end(false);
    const key = (event: KeyboardEvent) => isEscape(event) && ghost && end(false);
    const hold = (event: Event) => ghost && event.preventDefault();
    const noMenu = (event: Event) => pointer !== null && event.preventDefault();
    const noSelection = (event: Event) => event.preventDefault();

    element.addEventListener('pointerdown', down);
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', up);
    window.addEventListener('pointercancel', cancel);
    window.addEventListener('keydown', key);
    element.addEventListener('touchmove', hold, { passive: false });
    element.addEventListener('contextmenu', noMenu);
    element.addEventListener('selectstart', noSelection);
    return () => {
      end(false);
      element.removeEventListener('pointerdown', down);
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', up);
      window.removeEventListener('pointercancel', cancel);
      window.removeEventListener('keydown', key);
      element.removeEventListener('touchmove', hold);
      element.removeEventListener('contextmenu', noMenu);
      element.removeEventListener('selectstart', noSelection);
    };
  };
}

function swallow(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}
