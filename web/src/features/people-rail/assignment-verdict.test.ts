import { describe, expect, it } from 'vitest';
import type { ScopePerson } from '#shared/contract/person.ts';
import type { Actor } from '#shared/domain/ownership.ts';
import { cardNamed } from '#features/board/state/test-cards.ts';
import { assignmentVerdict } from './assignment-verdict.ts';
import { suggestionsFor } from './suggestions.ts';

const today = '2026-11-25';
const lead: Actor = { id: 'lead', admin: false, duties: ['lead'] };
const runa: Pick<ScopePerson, 'id' | 'duties' | 'absences'> = { id: 'runa', duties: ['reviewer'], absences: [] };
const rulesOf = (...ask: Parameters<typeof assignmentVerdict>) =>
  assignmentVerdict(...ask).against.map(({ rule }) => rule);

describe('the verdict of assigning cards to a person', () => {
  it('counts the cards of a set that may go, and explains why the first may not', () => {
    const cards = [cardNamed('a', 'data'), cardNamed('b', 'review'), cardNamed('c', 'review')];
    const verdict = assignmentVerdict(cards, lead, runa, today);
    expect(verdict).toMatchObject({ eligible: 2, of: 3, owned: false });
    expect(verdict.against).toMatchObject([{ rule: 'O02' }]);
  });

  it('[O06] uses the next workday if no other day is set, and the chosen day if one is', () => {
    const away = { ...runa, absences: [{ id: 'x', from: today, until: '2026-11-26' }] };
    const card = cardNamed('a', 'review');
    expect(rulesOf([card], lead, away, today)).toEqual(['O06']);
    expect(rulesOf([card], lead, away, today, '2026-11-27')).toEqual([]);
    const later = { ...card, nextAction: { ...card.nextAction, due: '2026-12-24' } };
    expect(rulesOf([later], lead, away, today)).toEqual([]);
    expect(rulesOf([later], lead, away, today, null)).toEqual(['O06']);
  });

  it('[O03] also checks the giver, whether assigning to a person or to nobody', () => {
    const other: Actor = { id: 'other', admin: false, duties: ['dataOwner'] };
    const card = cardNamed('a', 'review', { nextAction: { what: null, owner: 'runa', due: null } });
    expect(rulesOf([card], other, null, today)).toEqual(['O03']);
    expect(rulesOf([card], lead, null, today)).toEqual([]);
  });

  it('checks nothing for the present owner', () => {
    const card = cardNamed('a', 'data', { nextAction: { what: null, owner: 'runa', due: null } });
    expect(assignmentVerdict([card], lead, runa, today)).toMatchObject({ eligible: 1, owned: true });
  });
});

describe('the suggested next action', () => {
  it('is the previous text, then the blocking finding, then the purpose of the stage', () => {
    const card = cardNamed('a', 'data', {
      nextAction: { what: 'ask the plant', owner: null, due: null },
      blocked: { count: 1, reason: 'VIN twice' },
    });
    expect(suggestionsFor([card])).toEqual(['ask the plant', 'Resolve: VIN twice', 'Complete the data']);
  });

  it('is moving on if the next gate is open', () => {
    const gate = { stage: 'output' as const, asks: 5, errors: 0, repeats: 0, warnings: 0, waived: 0, first: null };
    expect(suggestionsFor([cardNamed('a', 'review', { gates: [gate] })])[0]).toBe('Move it to Output');
  });

  it('is for a set only what applies to all of it, and never exceeds the maximum length', () => {
    expect(suggestionsFor([cardNamed('a', 'data'), cardNamed('b', 'data')])).toEqual(['Complete the data']);
    expect(suggestionsFor([cardNamed('a', 'data'), cardNamed('b', 'review')])).toEqual([]);
    const long = cardNamed('a', 'archive', {
      nextAction: { what: 'x'.repeat(200), owner: null, due: null },
      blocked: { count: 1, reason: 'y'.repeat(300) },
    });
    for (const text of suggestionsFor([long])) expect(text.length).toBeLessThanOrEqual(200);
  });
});
