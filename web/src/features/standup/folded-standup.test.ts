import { expect, test } from 'vitest';
import type { BoardEvent, EventBody, EventKind } from '#shared/contract/event.ts';
import type { Card } from '#shared/contract/record.ts';
import type { Standup } from '#shared/contract/standup.ts';
import { foldedStandup, withCard } from './folded-standup.ts';

const at = '2026-11-25T08:05:00.000Z';
const item = (position: number) => ({
  position,
  card: { id: `record ${position}`, version: 1 } as Card,
  reasons: [],
  outcome: null,
  seconds: 0,
  reachedAt: position === 0 ? '2026-11-25T08:00:00.000Z' : null,
});
const standup: Standup = {
  id: 'standup',
  scope: 'scope',
  startedBy: 'ada',
  startedAt: '2026-11-25T08:00:00.000Z',
  leader: 'ada',
  term: 1,
  position: 0,
  positionSince: '2026-11-25T08:00:00.000Z',
  recordBox: 120,
  totalBox: 900,
  since: null,
  endedAt: null,
  items: [item(0), item(1)],
  people: [],
};
const event = <K extends EventKind & `standup.${string}`>(kind: K, body: Partial<EventBody<K>>) =>
  ({ kind, body: { standup: 'standup', ...body }, at }) as Extract<BoardEvent, { kind: K }>;

test('a step adds the time of the record it leaves, and reaches the next', () => {
  const folded = foldedStandup(standup, event('standup.walked', { before: 0, after: 1, seconds: 300 }))!;
  expect(folded).toMatchObject({ position: 1, positionSince: at });
  expect(folded.items.map(({ seconds, reachedAt }) => [seconds, reachedAt])).toEqual([
    [300, '2026-11-25T08:00:00.000Z'],
    [0, at],
  ]);
});

test('an outcome belongs to its record, another leader begins a term, and people join and leave', () => {
  const outcome = { kind: 'nothing' as const, by: 'ada', at, owner: null, due: null, note: null };
  expect(foldedStandup(standup, event('standup.decided', { position: 1, outcome }))!.items[1]!.outcome).toEqual(
    outcome,
  );
  const led = foldedStandup(standup, event('standup.led', { term: 2, before: 'ada', after: 'dana', position: 0 }));
  expect(led).toMatchObject({ term: 2, leader: 'dana', position: 0 });
  const joined = foldedStandup(standup, event('standup.joined', { person: 'dana' }))!;
  expect(joined.people).toEqual([{ person: 'dana', joinedAt: at, leftAt: null }]);
  const left = foldedStandup(joined, event('standup.left', { person: 'dana' }))!;
  expect(left.people).toEqual([{ person: 'dana', joinedAt: at, leftAt: at }]);
});

test('data missing in an event is requested', () => {
  expect(foldedStandup(standup, event('standup.ended', {}))).toBeNull();
});

test('only a newer card replaces the one on the agenda', () => {
  const newer = { id: 'record 1', version: 2 } as Card;
  expect(withCard(standup, newer).items[1]!.card).toBe(newer);
  expect(withCard(standup, { id: 'record 1', version: 1 } as Card)).toBe(standup);
  expect(withCard(standup, { id: 'another', version: 9 } as Card)).toBe(standup);
});
