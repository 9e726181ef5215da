import { describe, expect, it } from 'vitest';
import type { BoardEvent, EventBody } from '#shared/contract/event.ts';
import type { ScopeWorkloads, OwnedAction } from '#shared/contract/workload.ts';
import { cardNamed, eventOf } from '#features/board/state/test-cards.ts';
import { isShort, withEvent } from './workloads.ts';

const today = '2026-11-25';
const ada = '00000000-0000-4000-8000-00000000000a';
const bo = '00000000-0000-4000-8000-00000000000b';

const action = (name: string, due: string | null): OwnedAction => ({
  record: { id: name, reference: `PT-${name}` },
  stage: 'data',
  what: null,
  due,
});
const workloads = (
  of: Partial<Record<'ada' | 'bo', OwnedAction[]>>,
  owns: { ada?: number; bo?: number } = {},
): ScopeWorkloads => ({
  seq: 10,
  unowned: 4,
  loads: (
    [
      ['ada', ada],
      ['bo', bo],
    ] as const
  ).map(([name, person]) => {
    const next = of[name] ?? [];
    return {
      person,
      owns: owns[name] ?? next.length,
      overdue: next.filter(({ due }) => due !== null && due < today).length,
      next,
    };
  }),
});
type Owned = { owner: string | null; due: string | null };
function handed(name: string, before: Owned, after: Owned, counts: BoardEvent['counts'], seq = 11): BoardEvent {
  const card = cardNamed(name, 'data', { nextAction: { what: 'look', ...after } });
  const body = { before: { what: null, ...before }, after: { what: 'look', ...after } };
  return { ...eventOf(seq, card, counts), kind: 'record.handedOver', body };
}
const picture = ({ unowned, loads }: ScopeWorkloads) => [
  `none ${unowned}`,
  ...loads.map(
    ({ person, owns, overdue, next }) =>
      `${person === ada ? 'ada' : 'bo'} ${owns} late ${overdue}: ${next.map(({ record }) => record.id).join('')}`,
  ),
];

describe('workloads after events', () => {
  it('move from one person to the other in day order, with the counts of the event', () => {
    const before = workloads({ ada: [action('a', '2026-11-20'), action('c', null)], bo: [action('b', '2026-11-22')] });
    const owned = (owner: string): Owned => ({ owner, due: '2026-11-20' });
    const event = handed('a', owned(ada), owned(bo), { [`owner.${ada}`]: 1, [`owner.${bo}`]: 2 });
    expect(picture(withEvent(before, event, today))).toEqual(['none 4', 'ada 1 late 0: c', 'bo 2 late 2: ab']);
  });

  it('count unowned actions, and those that leave the pile', () => {
    const event = handed(
      'n',
      { owner: null, due: null },
      { owner: ada, due: today },
      {
        'owner.none': 3,
        [`owner.${ada}`]: 1,
      },
    );
    expect(picture(withEvent(workloads({}), event, today))).toEqual(['none 3', 'ada 1 late 0: n', 'bo 0 late 0: ']);
  });

  it('are no longer overdue after a new due day, even if the record is not loaded', () => {
    const before = workloads(
      { ada: [action('a', '2026-11-10'), action('b', '2026-11-11'), action('c', '2026-11-12')] },
      { ada: 5 },
    );
    const late = {
      ...before,
      loads: before.loads.map((load) => (load.person === ada ? { ...load, overdue: 5 } : load)),
    };
    const event = handed('z', { owner: ada, due: '2026-11-20' }, { owner: ada, due: '2026-12-20' }, {});
    expect(picture(withEvent(late, event, today))[1]).toBe('ada 5 late 4: abc');
  });

  it('remove archived records from their owner', () => {
    const card = cardNamed('a', 'archive', { nextAction: { what: null, owner: ada, due: null } });
    const body: EventBody<'record.moved'> = {
      before: { stage: 'delivery', owner: ada, dueOn: '2026-11-10' },
      after: { stage: 'archive', owner: ada },
      verdict: { stage: 'archive', open: true, findings: [] },
    };
    const event: BoardEvent = { ...eventOf(11, card, { [`owner.${ada}`]: 0 }), kind: 'record.moved', body };
    expect(picture(withEvent(workloads({ ada: [action('a', '2026-11-10')] }), event, today))[1]).toBe('ada 0 late 0: ');
  });

  it('are incomplete and must be reloaded if the rest is unknown', () => {
    const three = [action('a', '2026-11-26'), action('b', '2026-11-27'), action('c', '2026-11-28')];
    const before = workloads({ ada: three }, { ada: 9 });
    const gone = withEvent(
      before,
      handed('a', { owner: ada, due: null }, { owner: bo, due: null }, { [`owner.${ada}`]: 8 }),
      today,
    );
    expect(isShort(before)).toBe(false);
    expect(isShort(gone)).toBe(true);
    const later = handed('a', { owner: ada, due: '2026-11-26' }, { owner: ada, due: '2027-01-01' }, {});
    const moved = withEvent(before, later, today);
    expect(picture(moved)[1]).toBe('ada 9 late 0: bc');
    expect(isShort(moved)).toBe(true);
    const last = withEvent(workloads({ ada: three }), later, today);
    expect(picture(last)[1]).toBe('ada 3 late 0: bca');
    expect(isShort(last)).toBe(false);
  });

  it('ignore an event that was already applied', () => {
    const before = workloads({ ada: [action('a', null)] });
    const event = handed('a', { owner: ada, due: null }, { owner: bo, due: null }, {}, 10);
    expect(withEvent(before, event, today)).toBe(before);
  });
});
