import { describe, expect, it } from 'vitest';
import { columnOf } from './board-rows.ts';
import {
  confirmedBoard,
  confirmedRows,
  losesCount,
  withAnswer,
  withColumnWindow,
  withEvent,
  type ActiveFilter,
} from './confirmed-board.ts';
import { boardOf, cardNamed, eventOf, picture } from './test-cards.ts';

const all: ActiveFilter = { filtered: false, passes: () => true };
const blocked: ActiveFilter = { filtered: true, passes: (card) => card.blocked.count > 0 };

const start = confirmedBoard(boardOf({ data: 'abc', review: 'x' }));
const moved = cardNamed('b', 'review', { version: 2, rank: 'y' });
const itsEvent = eventOf(11, moved, { data: 2, review: 2 });

describe('a confirmed board', () => {
  it('places the card of an event by its stage and rank, and applies its counts', () => {
    expect(picture(confirmedRows(withEvent(start, itsEvent, all)))).toEqual(['data: ac 2', 'review: xb 2']);
  });

  it('applies nothing twice, whether the answer or the event arrives first', () => {
    const once = ['data: ac 2', 'review: xb 2'];
    const answered = withAnswer(start, moved, 'data', all);
    expect(picture(confirmedRows(answered))).toEqual(once);
    expect(picture(confirmedRows(withEvent(answered, itsEvent, all)))).toEqual(once);
    expect(picture(confirmedRows(withAnswer(withEvent(start, itsEvent, all), moved, 'data', all)))).toEqual(once);
  });

  it('counts an answered move once if the card left the windows and its event arrived first', () => {
    const board = confirmedBoard(boardOf({ data: 'abc', review: 'x' }, { review: { after: 'x', count: 40 } }));
    const event = eventOf(11, moved, { data: 2, review: 41 });
    expect(picture(confirmedRows(withAnswer(withEvent(board, event, all), moved, 'data', all)))).toEqual([
      'data: ac 2',
      'review: x 41',
    ]);
  });

  it('never reverts to an earlier version of a card', () => {
    const later = withEvent(start, eventOf(11, cardNamed('b', 'data', { version: 5 })), all);
    expect(withAnswer(later, cardNamed('b', 'review', { version: 4 }), 'data', all)).toBe(later);
    const answered = withAnswer(start, cardNamed('b', 'review', { version: 3, rank: 'y' }), 'data', all);
    const old = withEvent(answered, eventOf(11, cardNamed('b', 'data', { version: 2 })), all);
    expect(picture(confirmedRows(old))).toEqual(['data: ac 2', 'review: xb 2']);
  });

  it('keeps a column that an event does not affect', () => {
    const next = withEvent(start, eventOf(11, cardNamed('x', 'review', { version: 2 })), all);
    expect(columnOf(next.rows, 'data')).toBe(columnOf(start.rows, 'data'));
  });

  it('ignores events it already has by number', () => {
    expect(withEvent(start, eventOf(10, moved), all)).toBe(start);
  });

  it('only counts cards beyond the loaded window', () => {
    const board = confirmedBoard(boardOf({ data: 'abc' }, { data: { after: 'c', count: 500 } }));
    const event = eventOf(11, cardNamed('q', 'data'), { data: 501 });
    expect(picture(confirmedRows(withEvent(board, event, all)))).toEqual(['data: abc 501']);
    const within = eventOf(12, cardNamed('bb', 'data'), { data: 502 });
    expect(picture(confirmedRows(withEvent(board, within, all)))).toEqual(['data: abbbc 502']);
  });

  it('adds a window without the cards that moved away during the request', () => {
    const board = confirmedBoard(boardOf({ data: 'ab' }, { data: { after: 'b', count: 4 } }));
    const left = withEvent(board, eventOf(11, cardNamed('d', 'review', { version: 2 }), { data: 3, review: 1 }), all);
    const whole = columnOf(boardOf({ data: 'cde' }).columns, 'data');
    const window = { ...whole, cards: [...whole.cards], next: null };
    const more = withColumnWindow(left, window, 'b b');
    expect(picture(confirmedRows(more))).toEqual(['data: abce 3', 'review: d 1']);
    expect(withColumnWindow(more, window, 'b b').rows).toEqual(more.rows);
  });

  it('keeps its own counts under a filter', () => {
    const one = { count: 1, reason: 'Axle load' };
    const filtered = confirmedBoard({
      ...boardOf({}),
      columns: boardOf({ data: 'ab' }).columns.map((column) => ({
        ...column,
        cards: column.cards.map((card) => ({ ...card, blocked: one })),
      })),
    });
    const freed = withEvent(filtered, eventOf(11, cardNamed('b', 'data', { version: 2 }), { data: 900 }), blocked);
    expect(picture(confirmedRows(freed))).toEqual(['data: a 1']);
    const gained = withEvent(freed, eventOf(12, cardNamed('z', 'review', { version: 2, blocked: one })), blocked);
    expect(picture(confirmedRows(gained))).toEqual(['data: a 1', 'review: z 1']);
  });

  it('detects that a filtered count cannot be computed here', () => {
    const event = eventOf(11, cardNamed('q', 'data'));
    const windowed = confirmedBoard(boardOf({ data: 'ab' }, { data: { after: 'b', count: 30 } }));
    expect(losesCount(windowed, event, blocked)).toBe(true);
    expect(losesCount(windowed, event, all)).toBe(false);
    expect(losesCount(start, event, blocked)).toBe(false);
  });
});
