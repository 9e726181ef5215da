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

/** What a drag carries: the card that was taken, and all that come with it, itself first. A drop on the board or beside it reads this. */
export interface DraggedCards extends Record<string, unknown> {
  card: Card;
  cards: readonly Card[];
}

/** Lets a mouse take a card. A finger has a way of its own, so what it presses is not draggable. */
export function mouseDraggable(cards: () => readonly [Card, ...Card[]]): Attachment<HTMLElement> {
  return (element) => {
    const pressed = (event: PointerEvent) => element.setAttribute('draggable', String(event.pointerType === 'mouse'));
    element.addEventListener('pointerdown', pressed, { capture: true });
    const stop = draggable({
      element,
      getInitialData: (): DraggedCards => ({ card: cards()[0], cards: cards() }),
      // The browser takes its picture of the card between these two.
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

/** A column takes cards. */
export function mouseTarget(stage: StageKey): Attachment<HTMLElement> {
  return (element) => dropTargetForElements({ element, getData: () => ({ stage }) });
}

/** Scrolls when a dragged card comes near the edge. */
export function scrollsOnDrag(axis: 'horizontal' | 'vertical'): Attachment<HTMLElement> {
  return (element) => autoScrollForElements({ element, getAllowedAxis: () => axis });
}

const pointOf = ({ clientX, clientY }: { clientX: number; clientY: number }) => ({ x: clientX, y: clientY });

/** Follows every mouse drag of the board: of cards, onto columns and people, and of people, onto cards. */
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
