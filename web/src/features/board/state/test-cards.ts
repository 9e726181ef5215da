import type { BoardEvent, EventBody } from '#shared/contract/event.ts';
import type { Board, Card } from '#shared/contract/record.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { stageKeys } from '#shared/domain/operating-model.ts';
import type { BoardRows } from './board-rows.ts';

/** A card named by one letter; its rank is the letter, so `a` is above `b`. */
export function cardNamed(name: string, stage: StageKey, changes: Partial<Card> = {}): Card {
  return {
    id: name,
    reference: `PT-${name}`,
    version: 1,
    stage,
    rank: name,
    stageSince: '2026-11-24T09:30:00.000Z',
    make: 'Nordwerk',
    type: 'NV',
    variant: 'L2',
    typeVersion: 'H1',
    commercialName: null,
    category: 'M1',
    vin: null,
    duties: { dataOwner: null, reviewer: null, outputPreparer: null, signatory: null },
    editors: [],
    nextAction: { what: null, owner: null, due: null },
    releaseOn: null,
    gates: [],
    blocked: { count: 0, reason: null },
    fallen: false,
    waived: 0,
    review: 'none',
    comments: { count: 0, unresolved: 0 },
    checklist: { done: 0, total: 0 },
    ...changes,
  };
}

/**
 * `boardOf({ data: 'abc' })`: three cards in Data. `beyond` names the last card of a window with more cards after it.
 */
export function boardOf(
  stages: Partial<Record<StageKey, string>>,
  beyond: Partial<Record<StageKey, { after: string; count: number }>> = {},
): Board {
  return {
    scope: 'scope',
    seq: 10,
    columns: stageKeys.map((stage) => {
      const cards = [...(stages[stage] ?? '')].map((name) => cardNamed(name, stage));
      const more = beyond[stage];
      return {
        stage,
        count: more?.count ?? cards.length,
        waived: 0,
        cards,
        next: more ? `${more.after} ${more.after}` : null,
      };
    }),
  };
}

/** The event body of a card that moves within its stage. */
const movedBody = (stage: StageKey): EventBody<'record.moved'> => ({
  before: { stage, owner: null },
  after: { stage, owner: null },
  verdict: { stage, open: true, findings: [] },
});

export function eventOf(seq: number, card: Card, counts: BoardEvent['counts'] = {}): BoardEvent {
  return {
    seq,
    at: '2026-11-24T09:31:00.000Z',
    kind: 'record.moved',
    actor: null,
    record: { id: card.id, reference: card.reference },
    body: movedBody(card.stage),
    card,
    counts,
  };
}

/** `data: abc 3` for every column with cards or a count. */
export function picture(rows: BoardRows): string[] {
  return rows
    .filter(({ cards, count }) => cards.length > 0 || count !== 0)
    .map(({ stage, cards, count }) => `${stage}: ${cards.map(({ id }) => id).join('')} ${count}`);
}
