import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import type { Attachment } from 'svelte/attachments';

/** A person, or the pile of what nobody owns (null), takes cards: what a drag sees of them is `person`. */
export function personTarget(person: string | null): Attachment<HTMLElement> {
  return (element) => dropTargetForElements({ element, getData: () => ({ person }) });
}

/** Lets a mouse take a person, to be dropped on a card. A finger has a way of its own. */
export function personDraggable(person: string | null): Attachment<HTMLElement> {
  return (element) => {
    const pressed = (event: PointerEvent) => element.setAttribute('draggable', String(event.pointerType === 'mouse'));
    element.addEventListener('pointerdown', pressed, { capture: true });
    const stop = draggable({ element, getInitialData: () => ({ person }) });
    return () => {
      element.removeEventListener('pointerdown', pressed, { capture: true });
      stop();
    };
  };
}
