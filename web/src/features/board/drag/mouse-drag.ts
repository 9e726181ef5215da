import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import {
  draggable,
  dropTargetForElements,
  monitorForElements,
} from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { autoScrollForElements } from '@atlaskit/pragmatic-drag-and-drop-auto-scroll/element';
import type { Attachment } from 'svelte/attachments';
import type { Card } from '#shared/contract/record.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import type { Board } from '../state/board.svelte.ts';
import { cardAtPoint } from './card-at-point.ts';
import { placeAt } from '../state/place-at.ts';

/**
 * The data of a drag: the card that was picked up, and all dragged cards including it, first. Drop targets on the board
 * and beside it read this.
 */
export interface DraggedCards extends Record<string, unknown> {
  card: Card;
  cards: readonly Card[];
}

/** Makes a card draggable by mouse. Touch has its own handler, so an element under a finger is not draggable. */
export function mouseDraggable(cards: () => readonly [Card, ...Card[]]): Attachment<HTMLElement> {
  return (element) => {
    const pressed = (event: PointerEvent) => element.setAttribute('draggable', String(event.pointerType === 'mouse'));
    element.addEventListener('pointerdown', pressed, { capture: true });
    const stop = draggable({
      element,
      getInitialData: (): DraggedCards => ({ card: cards()[0], cards: cards() }),
      // The browser takes its image of the card between these two callbacks.
      onGenerateDragPreview: () => {
        if (cards().length > 1) element.dataset['count'] = String(cards().length);
      },
      onDragStart: () => delete element.dataset['count'],
    });
    return () => {
      element.removeEventListener('pointerdown', pressed, { capture: true });
      stop();
    };
  };
}

/** Makes a column a drop target for cards. */
export function mouseTarget(stage: StageKey): Attachment<HTMLElement> {
  return (element) => dropTargetForElements({ element, getData: () => ({ stage }) });
}

/** Scrolls when a dragged card is near the edge. */
export function scrollsOnDrag(axis: 'horizontal' | 'vertical'): Attachment<HTMLElement> {
  return (element) => autoScrollForElements({ element, getAllowedAxis: () => axis });
}

const pointOf = ({ clientX, clientY }: { clientX: number; clientY: number }) => ({ x: clientX, y: clientY });

/** Handles every mouse drag of the board: cards onto columns and people, and people onto cards. */
export function followMouse(board: Board): () => void {
  return combine(
    monitorForElements({
      canMonitor: ({ source }) => 'card' in source.data,
      onDragStart: ({ source }) => board.lift.start(source.data['card'] as Card, 'mouse'),
      onDrag: ({ location: { current } }) => {
        const [column] = current.dropTargets;
        if (column && 'person' in column.data) {
          return board.lift.aim(null, { id: column.data['person'] as string | null });
        }
        board.lift.aim(
          column
            ? {
                stage: column.data['stage'] as StageKey,
                after: placeAt(column.element, current.input.clientY),
              }
            : null,
        );
      },
      onDrop: ({ location: { current } }) => {
        if (current.dropTargets.length === 0) return board.lift.putBack();
        board.lift.drop({ x: current.input.clientX, y: current.input.clientY });
      },
    }),
    monitorForElements({
      canMonitor: ({ source }) => 'person' in source.data,
      onDrag: ({ source, location: { current } }) =>
        board.assigning.hold(source.data['person'] as string | null, cardAtPoint(board.rows, pointOf(current.input))),
      onDrop: ({ location: { current } }) => board.assigning.letGo(pointOf(current.input)),
    }),
  );
}
