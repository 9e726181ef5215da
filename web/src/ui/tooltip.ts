import type { Attachment } from 'svelte/attachments';
import { isEscape } from '#lib/keys.ts';

const hoverMs = 450;

/** The only tooltip of the page. It is in the top layer, so that it also shows over dialogs. */
let tip: HTMLElement | null = null;
let shownFor: Element | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * Shows a short text beside an element that the pointer or the focus is on. The text only repeats or explains: the
 * element has an accessible name of its own, so the tooltip is hidden from screen readers. Escape closes it.
 */
export function tooltip(words: string | null | undefined): Attachment<HTMLElement> {
  return (element) => {
    if (!words) return;
    const enter = (event: PointerEvent) => event.pointerType === 'mouse' && showSoon(element, words);
    const focus = () => element.matches(':focus-visible') && show(element, words);
    const key = (event: KeyboardEvent) => isEscape(event) && hide();
    element.addEventListener('pointerenter', enter);
    element.addEventListener('pointerleave', hideSoon);
    element.addEventListener('pointerdown', hide);
    element.addEventListener('focus', focus);
    element.addEventListener('blur', hide);
    element.addEventListener('keydown', key);
    return () => {
      element.removeEventListener('pointerenter', enter);
      element.removeEventListener('pointerleave', hideSoon);
      element.removeEventListener('pointerdown', hide);
      element.removeEventListener('focus', focus);
      element.removeEventListener('blur', hide);
      element.removeEventListener('keydown', key);
      if (shownFor === element) hide();
    };
  };
}

function showSoon(element: HTMLElement, words: string) {
  clearTimeout(timer);
  timer = setTimeout(() => show(element, words), shownFor ? 0 : hoverMs);
}

function hideSoon() {
  clearTimeout(timer);
  timer = setTimeout(hide, 120);
}

function hide() {
  clearTimeout(timer);
  shownFor = null;
  if (tip?.matches(':popover-open')) tip.hidePopover();
}

function show(element: HTMLElement, words: string) {
  clearTimeout(timer);
  if (!element.isConnected) return;
  tip ??= makeTip();
  shownFor = element;
  tip.textContent = words;
  tip.hidePopover();
  tip.showPopover();
  const target = element.getBoundingClientRect();
  const { width, height } = tip.getBoundingClientRect();
  const below = target.bottom + 6 + height < innerHeight;
  const left = Math.min(Math.max(target.left + target.width / 2 - width / 2, 8), innerWidth - width - 8);
  tip.style.left = `${left}px`;
  tip.style.top = `${below ? target.bottom + 6 : target.top - height - 6}px`;
}

function makeTip(): HTMLElement {
  const made = document.createElement('div');
  made.className = 'tip';
  made.popover = 'manual';
  made.setAttribute('aria-hidden', 'true');
  made.addEventListener('pointerenter', () => clearTimeout(timer));
  made.addEventListener('pointerleave', hideSoon);
  document.body.append(made);
  return made;
}
