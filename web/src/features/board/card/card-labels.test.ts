import { describe, expect, it } from 'vitest';
import { ageOf, dueOf, regressionLabel, laterOf, readinessOf, typeOf, vinTail } from './card-labels.ts';
import { cardNamed } from '../state/test-cards.ts';

describe('the labels of a card', () => {
  it('show the progress to the next gate, and none after the last', () => {
    const mark = { stage: 'review' as const, asks: 45, errors: 3, repeats: 0, warnings: 0, waived: 0, first: null };
    expect(readinessOf(cardNamed('a', 'data', { gates: [mark] }))).toEqual({
      next: 'Review',
      met: 42,
      asks: 45,
      open: false,
    });
    expect(readinessOf(cardNamed('a', 'archive', { gates: [mark] }))).toBeNull();
  });

  it('show what the data gate still requires while a record is only on its way into Data (fault P16)', () => {
    const mark = { stage: 'review' as const, asks: 70, errors: 61, repeats: 2, warnings: 0, waived: 0, first: null };
    expect(laterOf(cardNamed('a', 'intake', { gates: [mark] }))).toEqual({ count: 59, stage: 'Review' });
    const next = { ...mark, stage: 'data' as const, asks: 8, errors: 1, repeats: 0 };
    expect(laterOf(cardNamed('a', 'intake', { gates: [next, { ...mark, errors: 10 }] }))).toBeNull();
    expect(laterOf(cardNamed('a', 'data', { gates: [mark] }))).toBeNull();
    expect(laterOf(cardNamed('a', 'output', { gates: [mark] }))).toBeNull();
  });

  it('show overdue from the day after the due date', () => {
    const due = (day: string) => cardNamed('a', 'data', { nextAction: { what: null, owner: null, due: day } });
    expect(dueOf(due('2026-11-23'), '2026-11-24')).toEqual({ words: '23 Nov', late: true, today: false });
    expect(dueOf(due('2026-11-24'), '2026-11-24')).toEqual({ words: '24 Nov', late: false, today: true });
    expect(dueOf(cardNamed('a', 'data'), '2026-11-24')).toBeNull();
  });

  it('show the age in a natural unit', () => {
    const card = cardNamed('a', 'data', { stageSince: '2026-11-24T09:30:00.000Z' });
    const after = (minutes: number) => ageOf(card, Date.parse(card.stageSince) + minutes * 60_000);
    expect([0, 5, 61, 26 * 60, 30 * 24 * 60].map(after)).toEqual(['now', '5 min', '1 h', '1 d', '4 wk']);
  });

  it('show why the record has a regression, unless an exception or the review already does', () => {
    const first = {
      rule: 'R08',
      key: 'approval.inForce',
      params: { number: 'e4*2018/858*00411*02', why: 'withdrawn', since: '2026-11-20' },
      severity: 'error' as const,
      entry: 'typeApprovalNumber',
      mend: [],
    };
    const shut = { stage: 'review' as const, asks: 45, errors: 1, repeats: 0, warnings: 0, waived: 0, first };
    const fallen = cardNamed('a', 'output', { fallen: true, gates: [shut] });
    expect(regressionLabel(fallen)).toContain('withdrawn since 20 Nov 2026');
    expect(regressionLabel({ ...fallen, fallen: false })).toBeNull();
    expect(regressionLabel({ ...fallen, blocked: { count: 1, reason: 'x' } })).toBeNull();
    expect(regressionLabel({ ...fallen, gates: [{ ...shut, first: { ...first, rule: 'P06' } }] })).toBeNull();
  });

  it('omit unknown values', () => {
    expect(vinTail(cardNamed('a', 'data'))).toBeNull();
    expect(vinTail(cardNamed('a', 'data', { vin: 'YV9ECBA1PTT000042' }))).toBe('TT000042');
    expect(typeOf(cardNamed('a', 'data', { variant: null }))).toBe('NV / – / H1');
    expect(typeOf(cardNamed('a', 'data', { type: null, variant: null, typeVersion: null }))).toBe('');
  });
});
