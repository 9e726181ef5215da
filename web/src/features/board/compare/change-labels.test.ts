import { expect, test } from 'vitest';
import { ChangeKind, type RecordChange } from '#shared/contract/since.ts';
import { changedRecordLabel, changeLabel, sinceLabel, totalsLabel } from './change-labels.ts';

const ingrid = { id: 'ingrid', name: 'Ingrid Solberg' };
const names = (id: string | null) => ({ ingrid: 'Ingrid Solberg', mateo: 'Mateo Brandt' })[id ?? ''];
const change = (kind: RecordChange['kind'], more: Partial<RecordChange> = {}): RecordChange => ({
  seq: 1,
  at: '2026-11-24T09:15:00.000Z',
  by: ingrid,
  kind,
  about: null,
  from: null,
  to: null,
  stages: [],
  ...more,
});
const none = {
  records: 0,
  created: 0,
  movedOn: 0,
  movedBack: 0,
  blocked: 0,
  freed: 0,
  handedOver: 0,
  assigned: 0,
  edited: 0,
  judged: 0,
  commented: 0,
};

test('the summary lists what changed and omits what did not', () => {
  expect(totalsLabel({ ...none, records: 19, movedOn: 14, blocked: 3, freed: 2 })).toBe(
    '14 moved on, 3 blocked, 2 unblocked',
  );
  expect(totalsLabel(none)).toBe('');
  expect(totalsLabel({ ...none, records: 2 })).toBe('2 with other changes');
});

test('a card shows the most important change, by whom, and how many more there are', () => {
  const moved = change('movedOn', { from: 'data', to: 'review' });
  const record = {
    record: { id: 'a', reference: 'PT-1' },
    created: false,
    stage: { from: 'data' as const, to: 'review' as const },
    blocked: null,
    changes: [moved, change('commented'), change('ticked', { from: '1', to: '2' })],
  };
  expect(changedRecordLabel(record, names)).toBe('Data to Review, by Ingrid Solberg (+2)');
});

test('people, duties and the system have names, and every kind of change has a label', () => {
  expect(changeLabel(change('assigned', { about: 'reviewer', to: 'mateo' }), names)).toBe(
    'Reviewer: nobody to Mateo Brandt',
  );
  expect(changeLabel(change('handedOver', { about: 'Call the plant', from: 'mateo', to: 'mateo' }), names)).toBe(
    'Next action: Call the plant',
  );
  for (const kind of ChangeKind.options) {
    const day = kind === 'releasePlanned' ? '2026-11-24' : null;
    const label = changeLabel(
      change(kind, { about: 'reviewer', from: day ?? 'data', to: day ?? 'review', stages: ['review'] }),
      names,
    );
    expect(label).not.toMatch(/undefined|null/);
    expect(label.length).toBeGreaterThan(2);
  }
});

test('times of today and yesterday are labelled as such', () => {
  const now = new Date(2026, 10, 24, 12, 0).getTime();
  const at = (day: number) => new Date(2026, 10, day, 9, 15).toISOString();
  expect(sinceLabel(at(24), now)).toBe('today 09:15');
  expect(sinceLabel(at(23), now)).toBe('yesterday 09:15');
  expect(sinceLabel(at(20), now)).toBe('20 Nov 2026, 09:15');
});
