import type { Problem } from '#shared/contract/problem.ts';
import type { Card } from '#shared/contract/record.ts';
import { stageOf } from '#shared/domain/operating-model.ts';
import { sentence } from '#shared/domain/sentences/sentence.ts';
import { m } from '#lib/paraglide/messages.js';
import { columnOf, type BoardRows } from './board-rows.ts';
import type { Target } from './lift.svelte.ts';
import type { MoveIntent } from './move-intents.ts';
import type { Preview } from './preview.ts';

/** `Review, shut: Nobody owns the data of this record. Assign a data owner. 3 more reasons.` */
export function verdictSaid(preview: Preview, count: number): string {
  const stage = stageOf(preview.stage).title;
  const verdict = verdictWords(preview);
  return `${stage}, ${m.board_count({ count })}. ${verdict}`;
}

/** What a column says of a lifted card, in a line. */
export function verdictWords({ way, open, first, more }: Preview): string {
  if (way === 'here' && open) return m.board_verdict_here();
  if (open) return way === 'back' ? m.board_verdict_back() : m.board_verdict_open();
  const why = first ? sentence(first) : '';
  return more > 0 ? `${why} ${m.board_verdict_more({ count: more })}` : why;
}

/** `Data, place 3 of 8`. */
export function placeSaid(rows: BoardRows, { stage, after }: Target, lifted: Card): string {
  const { cards, next } = columnOf(rows, stage);
  const others = cards.filter(({ id }) => id !== lifted.id);
  const title = stageOf(stage).title;
  if (after === undefined && next !== null) return m.board_said_end({ stage: title });
  const place = others.findIndex(({ id }) => id === after) + 2;
  return m.board_said_place({ stage: title, place: after === null ? 1 : place, of: others.length + 1 });
}

export function refusalSaid({ card, to }: MoveIntent, { detail, findings }: Problem): string {
  const [first] = findings ?? [];
  const more = (findings?.length ?? 1) - 1;
  const title = m.board_refused_title({ reference: card.reference, stage: stageOf(to).title });
  return `${title}. ${first ? sentence(first) : detail} ${more > 0 ? m.board_verdict_more({ count: more }) : ''}`.trim();
}
