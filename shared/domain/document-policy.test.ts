import { describe, expect, test } from 'vitest';
import type { Duty } from '#shared/contract/duty.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { judgeChanges, type DocumentChange, type Written } from './document-policy.ts';
import { defaultModel, stageKeys } from './operating-model.ts';

const now = new Date('2026-11-25T08:00:00.000Z');
const at = now.toISOString();
const me = '0199aaaa-0000-7000-8000-000000000001';
const other = '0199aaaa-0000-7000-8000-000000000002';
const thread = '0199aaaa-0000-7000-8000-00000000000a';
const id = '0199aaaa-0000-7000-8000-00000000000b';
const later = (milliseconds: number) => new Date(now.getTime() + milliseconds).toISOString();

/** The rule that denies my changes; null: I may make them. */
const ruleOn = (changes: DocumentChange[], duties: Duty[] = ['dataOwner'], stage: StageKey = 'intake') =>
  judgeChanges(changes, { id: me, admin: false, duties }, { stage }, now)?.rule ?? null;

const tick = (value: unknown = { by: me, at }, item = 'source'): DocumentChange => ({
  kind: 'tick',
  item,
  tick: value,
});
const comment = (more: Written = {}): Written => ({ id, by: me, at, body: 'So it is.', ...more });
const opened = (more: Written = {}, comments: Written[] = [comment()]): DocumentChange => ({
  kind: 'threadOpened',
  thread,
  values: { about: 'record', openedBy: me, openedAt: at, resolved: null, comments: null, ...more },
  comments,
});
const added = (more: Written = {}, idTaken = false): DocumentChange => ({
  kind: 'commentAdded',
  thread,
  values: comment(more),
  idTaken,
});
const changed = (
  more: Partial<Extract<DocumentChange, { kind: 'commentChanged' }>> = {},
  values: Written = { editedAt: at },
): DocumentChange => ({
  kind: 'commentChanged',
  thread,
  comment: id,
  by: me,
  body: 'So it was.',
  edited: true,
  values,
  ...more,
});
const resolved = (value: unknown): DocumentChange => ({ kind: 'resolved', thread, resolved: value });

describe('[D01] a holder of the item’s duty or the lead ticks it', () => {
  const duties: Duty[] = ['lead', 'dataOwner', 'reviewer', 'outputPreparer', 'signatory'];
  test.each(defaultModel.checklist.flatMap((item) => duties.map((held) => [item.id, held, item.duty] as const)))(
    '%s by the %s',
    (item, held, duty) => {
      const rule = held === 'lead' || held === duty ? null : 'D01';
      expect(ruleOn([tick(undefined, item)], [held])).toBe(rule);
      expect(ruleOn([tick(null, item)], [held])).toBe(rule);
    },
  );
  test('a person with several duties may use any of them', () => {
    expect(ruleOn([tick(), tick(undefined, 'approval')], ['dataOwner', 'reviewer'])).toBeNull();
    expect(ruleOn([tick(), tick(undefined, 'sealed')], ['dataOwner', 'reviewer'])).toBe('D01');
  });
});

describe('[D02] an item is ticked up to its stage, not after it', () => {
  test.each(defaultModel.checklist.flatMap((item) => stageKeys.map((stage) => [item.id, stage, item.stage] as const)))(
    '%s while the record is in %s',
    (item, stage, of) => {
      const rule = stageKeys.indexOf(stage) > stageKeys.indexOf(of) ? 'D02' : null;
      expect(ruleOn([tick(undefined, item)], ['lead'], stage)).toBe(rule);
      expect(ruleOn([tick(null, item)], ['lead'], stage)).toBe(rule);
    },
  );
});

describe('[D03] everybody writes under their own name', () => {
  test.each([
    ['a tick', (by: string) => tick({ by, at })],
    ['a thread', (by: string) => opened({ openedBy: by })],
    ['the first comment of a thread', (by: string) => opened({}, [comment({ by })])],
    ['a thread resolved from the start', (by: string) => opened({ resolved: { by, at } })],
    ['a comment', (by: string) => added({ by })],
    ['resolving', (by: string) => resolved({ by, at })],
  ])('%s', (_, change) => {
    expect(ruleOn([change(me)])).toBeNull();
    expect(ruleOn([change(other)])).toBe('D03');
  });
});

describe('[D04] only its author changes a comment', () => {
  test.each([
    ['what it says', changed(), changed({ by: other })],
    [
      'taking it away',
      changed({ body: null }, { removedAt: at }),
      changed({ by: other, body: null }, { removedAt: at }),
    ],
    ['a comment of nobody', changed(), changed({ by: undefined })],
  ])('%s', (_, mine, theirs) => {
    expect(ruleOn([mine])).toBeNull();
    expect(ruleOn([theirs], ['lead'])).toBe('D04');
  });
});

describe('[D05] no timestamp is more than a minute in the future', () => {
  test.each([
    ['a tick', (moment: string) => tick({ by: me, at: moment })],
    ['a thread', (moment: string) => opened({ openedAt: moment })],
    ['a comment', (moment: string) => added({ at: moment })],
    ['an edit', (moment: string) => changed({}, { editedAt: moment })],
    ['a removal', (moment: string) => changed({ body: null }, { removedAt: moment })],
    ['resolving', (moment: string) => resolved({ by: me, at: moment })],
  ])('%s', (_, change) => {
    expect(ruleOn([change('2020-01-01T00:00:00Z')])).toBeNull();
    expect(ruleOn([change(later(59_000))])).toBeNull();
    expect(ruleOn([change(later(61_000))])).toBe('D05');
  });
});

test('[D06] the text of a comment changes only together with its edited mark', () => {
  expect(ruleOn([changed()])).toBeNull();
  expect(ruleOn([changed({}, {})])).toBeNull();
  expect(ruleOn([changed({ edited: false }, {})])).toBe('D06');
});

describe('[D07] a comment holds at most 10,000 characters', () => {
  test.each([
    ['in a new thread', (body: string) => opened({}, [comment({ body })])],
    ['in a reply', (body: string) => added({ body })],
    ['after an edit', (body: string) => changed({ body })],
  ])('%s', (_, change) => {
    expect(ruleOn([change('x'.repeat(10_000))])).toBeNull();
    expect(ruleOn([change('x'.repeat(10_001))])).toBe('D07');
  });
});

describe('[D08] nothing else changes', () => {
  test.each<[string, DocumentChange]>([
    ['an unknown item', tick(undefined, 'hasOwnProperty')],
    ['a tick that is no mark', tick(true)],
    ['a tick that is undefined', tick(undefined as never)],
    ['a tick that says more', tick({ by: me, at, note: 'x' })],
    ['a tick without a moment', tick({ by: me })],
    ['a tick at no moment', tick({ by: me, at: 'now' })],
    ['a tick on a day there is not', tick({ by: me, at: '2026-13-45T00:00:00Z' })],
    ['a tick with a prototype of its own', tick(Object.create({ by: me, at }))],
    ['a thread under no id', { ...opened(), thread: '__proto__' } as DocumentChange],
    ['a thread with an unknown key', opened({ pinned: true })],
    ['a thread without its comments', { ...opened({}, []) }],
    ['a thread about nothing there is', opened({ about: 'weather' })],
    ['a thread about no entry', opened({ about: 'entry:' })],
    ['a thread about no exception', opened({ about: 'exception:7' })],
    ['a thread with two comments of one id', opened({}, [comment(), comment()])],
    ['a comment with an unknown key', added({ likes: 3 })],
    ['a comment without a text', added({ body: undefined })],
    ['a comment edited at what is no moment', added({ editedAt: undefined })],
    ['a comment under no id', added({ id: 'a\0' })],
    ['a second comment under one id', added({}, true)],
    ['an edit of who wrote it', changed({}, { by: me })],
    ['an edited mark that is none', changed({}, { editedAt: null })],
    ['anything that stands nowhere', { kind: 'structure', what: 'nowhere' }],
  ])('%s', (what, change) => {
    const one = what === 'a tick that is undefined' ? ({ ...tick(), tick: undefined } as DocumentChange) : change;
    expect(ruleOn([one], ['lead'])).toBe('D08');
  });

  test.each(['record', 'entry:0.10', `exception:${id}`])('a thread may be about %s', (about) => {
    expect(ruleOn([opened({ about })])).toBeNull();
  });
});

describe('[D11] an observer changes nothing', () => {
  test.each([
    ['an observer', ['observer'], false],
    ['an administrator without a duty', [], true],
  ] as const)('%s', (_, duties, admin) => {
    for (const changes of [[tick()], [opened()], [resolved(null)], []]) {
      expect(judgeChanges(changes, { id: me, admin, duties }, { stage: 'intake' }, now)?.rule).toBe('D11');
    }
  });
  test('a person with a duty besides observer is not an observer', () => {
    expect(ruleOn([added()], ['observer', 'reviewer'])).toBeNull();
  });
});

describe('honest people', () => {
  test('may send all offline changes together', () => {
    const ticks = [tick(), tick(null), tick({ by: me, at: '2026-11-25T07:00:00.000Z' })];
    const edited = changed({ body: 'So.' }, { editedAt: at, removedAt: at });
    expect(
      ruleOn([...ticks, opened(), added({ id: thread }), edited, resolved({ by: me, at }), resolved(null)]),
    ).toBeNull();
  });
  test('may edit and remove a comment in the update that creates it', () => {
    expect(ruleOn([opened({}, [comment({ editedAt: at, removedAt: at })])])).toBeNull();
  });
  test('may resolve the thread they open', () => {
    expect(ruleOn([opened({ resolved: { by: me, at } })])).toBeNull();
  });
  test('are refused as a whole when one of their changes is', () => {
    expect(ruleOn([opened(), tick(undefined, 'sealed')])).toBe('D01');
  });
});
