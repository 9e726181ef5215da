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

describe('what a person says of cards before they are handed over', () => {
  it('says how many of a set may go, and why the first may not', () => {
    const cards = [cardNamed('a', 'data'), cardNamed('b', 'review'), cardNamed('c', 'review')];
    const verdict = assignmentVerdict(cards, lead, runa, today);
    expect(verdict).toMatchObject({ eligible: 2, of: 3, owned: false });
    expect(verdict.against).toMatchObject([{ rule: 'O02' }]);
  });

  it('[O06] asks for the next workday where no other day is set, and for the chosen day where one is', () => {
    const away = { ...runa, absences: [{ id: 'x', from: today, until: '2026-11-26' }] };
    const card = cardNamed('a', 'review');
    expect(rulesOf([card], lead, away, today)).toEqual(['O06']);
    expect(rulesOf([card], lead, away, today, '2026-11-27')).toEqual([]);
    const later = { ...card, nextAction: { ...card.nextAction, due: '2026-12-24' } };
    expect(rulesOf([later], lead, away, today)).toEqual([]);
    expect(rulesOf([later], lead, away, today, null)).toEqual(['O06']);
  });

  it('[O03] asks the giver too, of nobody as of a person', () => {
    const other: Actor = { id: 'other', admin: false, duties: ['dataOwner'] };
    const card = cardNamed('a', 'review', { nextAction: { what: null, owner: 'runa', due: null } });
    expect(rulesOf([card], other, null, today)).toEqual(['O03']);
    expect(rulesOf([card], lead, null, today)).toEqual([]);
  });

  it('asks nothing of who owns it already', () => {
    const card = cardNamed('a', 'data', { nextAction: { what: null, owner: 'runa', due: null } });
    expect(assignmentVerdict([card], lead, runa, today)).toMatchObject({ eligible: 1, owned: true });
  });
});

describe('what may have to happen next', () => {
  it('is what was said before, then what blocks it, then what its stage is there for', () => {
    const card = cardNamed('a', 'data', {
      nextAction: { what: 'ask the plant', owner: null, due: null },
      blocked: { count: 1, reason: 'VIN twice' },
    });
    expect(suggestionsFor([card])).toEqual(['ask the plant', 'Resolve: VIN twice', 'Complete the data']);
  });

  it('is that it goes on, where its next gate is open', () => {
    const gate = { stage: 'output' as const, asks: 5, errors: 0, repeats: 0, warnings: 0, waived: 0, first: null };
    expect(suggestionsFor([cardNamed('a', 'review', { gates: [gate] })])[0]).toBe('Move it to Output');
  });

  it('is of a set only what holds for all of it, and never longer than it may be', () => {
    expect(suggestionsFor([cardNamed('a', 'data'), cardNamed('b', 'data')])).toEqual(['Complete the data']);
    expect(suggestionsFor([cardNamed('a', 'data'), cardNamed('b', 'review')])).toEqual([]);
    const long = cardNamed('a', 'archive', {
      nextAction: { what: 'x'.repeat(200), owner: null, due: null },
      blocked: { count: 1, reason: 'y'.repeat(300) },
    });
    for (const text of suggestionsFor([long])) expect(text.length).toBeLessThanOrEqual(200);
  });
});
