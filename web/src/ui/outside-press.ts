import type { Attachment } from 'svelte/attachments';

interface Press {
  clientX: number;
  clientY: number;
}

/** Outside of its box: on the backdrop of a modal element, which receives presses there as well. */
function isOutside(element: Element, { clientX: x, clientY: y }: Press): boolean {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return x < left || x > right || y < top || y > bottom;
}

/**
 * Closes a modal element by a press on its backdrop that begins and ends there. A press on its scrollbar does not close
 * it, nor does a text selection that ends outside.
 */
export const closesOnBackdrop =
  (close: () => void): Attachment<HTMLElement> =>
  (element) => {
    let began = false;
    const down = (event: PointerEvent) => {
      began = event.target === element && isOutside(element, event);
    };
    const up = (event: PointerEvent) => {
      if (began && event.target === element && isOutside(element, event)) close();
      began = false;
    };
    element.addEventListener('pointerdown', down);
    element.addEventListener('pointerup', up);
    return () => {
      element.removeEventListener('pointerdown', down);
      element.removeEventListener('pointerup', up);
    };
  };

/** A press on the scrollbar of the surrounding element: it scrolls and closes nothing. */
export function isOnScrollbar(event: Press & { target: EventTarget | null }): boolean {
  const { target } = event;
  if (!(target instanceof HTMLElement)) return false;
  const { left, top } = target.getBoundingClientRect();
  if (target === document.documentElement) return event.clientX >= target.clientWidth;
  const [x, y] = [event.clientX - left - target.clientLeft, event.clientY - top - target.clientTop];
  return x >= target.clientWidth || y >= target.clientHeight;
}
