import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import type { Attachment } from 'svelte/attachments';

/** Makes a person, or the unowned pile (null), a drop target for cards; the drag data is `person`. */
export function personTarget(person: string | null): Attachment<HTMLElement> {
  return (element) => dropTargetForElements({ element, getData: () => ({ person }) });
}

/** Makes a person draggable by mouse, to be dropped on a card. Touch has its own handler. */
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
