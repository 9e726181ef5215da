import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cardIn } from './board-rows.ts';
import { DeferredMoves } from './deferred-moves.svelte.ts';
import { boardOf, cardNamed, eventOf } from './test-cards.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const shown = cardNamed('b', 'data');
const moved = cardNamed('b', 'review', { version: 2 });
const after = boardOf({ data: 'ac', review: 'b' }).columns;

function underPointer() {
  const settled: [string, boolean][] = [];
  const deferred = new DeferredMoves((id, focused) => settled.push([id, focused]));
  deferred.point('b');
  deferred.notice(eventOf(11, moved), shown);
  return { deferred, settled, stage: () => cardIn(deferred.hold(after), 'b')!.stage };
}

describe('a card moved by somebody else', () => {
  it('stays while the pointer is on it, and moves when the pointer leaves', () => {
    const { deferred, settled, stage } = underPointer();
    expect(stage()).toBe('data');
    expect(deferred.cards.get('b')!.event.seq).toBe(11);
    deferred.point('a');
    expect(stage()).toBe('review');
    expect(settled).toEqual([['b', false]]);
  });

  it('stays while focused, and reports that the focus has to follow', () => {
    const { deferred, settled, stage } = underPointer();
    deferred.focus('b');
    deferred.point(null);
    expect(stage()).toBe('data');
    vi.advanceTimersByTime(5_000);
    expect(stage()).toBe('review');
    expect(settled).toEqual([['b', true]]);
  });

  it('keeps the first place through a second move, and reports the newest', () => {
    const { deferred, stage } = underPointer();
    deferred.notice(eventOf(12, { ...moved, stage: 'output', version: 3 }), shown);
    expect(stage()).toBe('data');
    expect(deferred.cards.get('b')!.event.seq).toBe(12);
  });

  it('moves immediately without pointer or focus, and is not deferred for other changes', () => {
    const deferred = new DeferredMoves();
    deferred.notice(eventOf(11, moved), shown);
    expect(cardIn(deferred.hold(after), 'b')!.stage).toBe('review');
    deferred.point('b');
    deferred.notice(eventOf(12, { ...shown, version: 2 }), shown);
    expect(deferred.cards.size).toBe(0);
  });
});
