import { describe, expect, it } from 'vitest';
import type { Card } from '#shared/contract/record.ts';
import { isFiltering, passesFilter } from './card-filter.ts';

const ana = '0192f0c0-0000-7000-8000-000000000001';
const ben = '0192f0c0-0000-7000-8000-000000000002';

const card: Card = {
  id: '0192f0c0-0000-7000-8000-0000000000aa',
  reference: 'PT-1042',
  version: 1,
  stage: 'data',
  rank: 'a0',
  stageSince: '2026-11-24T09:30:00.000Z',
  make: 'Nordwerk',
  type: 'NV',
  variant: 'L2',
  typeVersion: 'H100%',
  commercialName: 'Fjord Van',
  category: 'N1',
  vin: 'YNW1234567T000042',
  duties: { dataOwner: ana, reviewer: null, outputPreparer: null, signatory: null },
  editors: [],
  nextAction: { what: null, owner: ana, due: null },
  releaseOn: null,
  gates: [],
  blocked: { count: 0, reason: null },
  fallen: false,
  waived: 0,
  review: 'none',
  comments: { count: 0, unresolved: 0 },
  checklist: { done: 0, total: 3 },
};

describe('the board filter', () => {
  it('matches every card when it is empty', () => {
    expect(passesFilter({}, card, ben)).toBe(true);
    expect(passesFilter({ text: '   ', mine: false }, card, ben)).toBe(true);
    expect(isFiltering({ text: '   ', blocked: false })).toBe(false);
  });

  it('filters by owner of the next action, and by the viewer', () => {
    expect(passesFilter({ owner: ana }, card, ben)).toBe(true);
    expect(passesFilter({ owner: ben }, card, ben)).toBe(false);
    expect(passesFilter({ mine: true }, card, ana)).toBe(true);
    expect(passesFilter({ mine: true }, card, ben)).toBe(false);
    expect(passesFilter({ mine: true }, { ...card, nextAction: { ...card.nextAction, owner: null } }, ana)).toBe(false);
  });

  it('filters blocked cards', () => {
    expect(passesFilter({ blocked: true }, card, ana)).toBe(false);
    expect(passesFilter({ blocked: true }, { ...card, blocked: { count: 1, reason: 'Axle load' } }, ana)).toBe(true);
  });

  it('treats a record that no longer meets a passed gate as blocked (fault P19)', () => {
    expect(passesFilter({ blocked: true }, { ...card, fallen: true }, ana)).toBe(true);
  });

  it.each(['pt-10', ' 1042 ', 't0000', 'NORDWERK fjord', 'nv/l2/h', '100%'])(
    'finds %j in every searched field',
    (text) => {
      expect(passesFilter({ text }, card, ana)).toBe(true);
    },
  );

  it.each([
    'fjord nordwerk',
    'skoda',
    'SKODA 1042',
    'S\u030ckoda',
    'strasse',
    'STRASSE škoda',
    'citroen',
    'Citroe\u0308n',
  ])('finds %j in any order, with or without accents (fault no. 24)', (text) => {
    const accented = { ...card, make: 'Škoda Nordwerk', commercialName: 'Citroën Fjord Straße' };
    expect(passesFilter({ text }, accented, ana)).toBe(true);
  });

  it('treats every character literally', () => {
    expect(passesFilter({ text: 'PT-1_42' }, card, ana)).toBe(false);
    expect(passesFilter({ text: 'nord%van' }, card, ana)).toBe(false);
  });

  it('requires all conditions', () => {
    expect(passesFilter({ owner: ana, text: 'nowhere' }, card, ana)).toBe(false);
    expect(isFiltering({ text: 'nowhere' })).toBe(true);
  });
});
