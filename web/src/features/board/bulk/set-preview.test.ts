import { expect, it } from 'vitest';
import type { Actor } from '#shared/domain/ownership.ts';
import { setPreview, someGoBack } from './set-preview.ts';
import { cardNamed } from '../state/test-cards.ts';

const lead: Actor = { id: 'me', admin: false, duties: ['lead'] };
const first = { rule: 'P02', key: 'duty.dataOwner', params: {}, severity: 'error' as const, entry: null, mend: [] };
const mark = { stage: 'data' as const, asks: 3, repeats: 0, warnings: 0, waived: 0 };
const fine = cardNamed('a', 'intake', { gates: [{ ...mark, errors: 0, first: null }] });
const shut = cardNamed('b', 'intake', { gates: [{ ...mark, errors: 1, first }] });

it('counts the cards that may enter, and shows the first reason of the others', () => {
  expect(setPreview([fine, shut, fine], lead, 'data')).toMatchObject({ eligible: 2, of: 3, first: { first } });
  expect(setPreview([fine, fine], lead, 'data')).toMatchObject({ eligible: 2, of: 2, first: { open: true } });
  expect(setPreview([fine], { ...lead, duties: ['observer'] }, 'data')).toMatchObject({ eligible: 0, of: 1 });
});

it('detects that some of them would go back', () => {
  expect(someGoBack([fine, cardNamed('c', 'review')], lead, 'data')).toBe(true);
  expect(someGoBack([fine], lead, 'data')).toBe(false);
});
