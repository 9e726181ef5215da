import type { Problem } from '#shared/contract/problem.ts';
import type { Card } from '#shared/contract/record.ts';
import { sentence } from '#shared/text/sentence.ts';
import { stageName } from '#shared/text/names.ts';
import { m } from '#lib/paraglide/messages.js';
import { columnOf, type BoardRows } from './board-rows.ts';
import type { Target } from '../drag/lift.svelte.ts';
import type { BoardIntent } from './intents.ts';
import type { Preview } from './preview.ts';

/** `Review, shut: Nobody owns the data of this record. Assign a data owner. 3 more reasons.` */
export function verdictAnnouncement(preview: Preview, count: number): string {
  const stage = stageName(preview.stage);
  const verdict = previewLabel(preview);
  return `${stage}, ${m.board_count({ count })}. ${verdict}`;
}

/** The preview of a column for a dragged card, in one line. */
export function previewLabel({ way, open, first, more }: Preview): string {
  if (way === 'here' && open) return m.board_verdict_here();
  if (open) return way === 'back' ? m.board_verdict_back() : m.board_verdict_open();
  const why = first ? sentence(first) : '';
  return more > 0 ? `${why} ${m.board_verdict_more({ count: more })}` : why;
}

/** `Data, place 3 of 8`. */
export function placeAnnouncement(rows: BoardRows, { stage, after }: Target, lifted: Card): string {
  const { cards, next } = columnOf(rows, stage);
  const others = cards.filter(({ id }) => id !== lifted.id);
  const title = stageName(stage);
  if (after === undefined && next !== null) return m.board_said_end({ stage: title });
  const place = others.findIndex(({ id }) => id === after) + 2;
  return m.board_said_place({ stage: title, place: after === null ? 1 : place, of: others.length + 1 });
}

type Named = (person: string | null) => string | undefined;

/** The confirmation of a completed intent. */
export function doneAnnouncement(intent: BoardIntent, { reference, stage }: Card, named: Named): string {
  if (intent.kind === 'move') {
    const names = { reference, stage: stageName(stage) };
    return intent.card.stage === stage ? m.board_did_reorder(names) : m.board_did_move(names);
  }
  const name = named(intent.to);
  if (intent.to === intent.card.nextAction.owner) return m.handing_did_change({ reference });
  return name ? m.handing_did({ reference, name }) : m.handing_did_nobody({ reference });
}

/** What was refused, in one line. */
export function refusedTitle(intent: BoardIntent, { type }: Problem, named: Named): string {
  const { reference } = intent.card;
  if (type === 'stale') return m.board_refused_stale({ reference });
  if (intent.kind === 'move') return m.board_refused_title({ reference, stage: stageName(intent.to) });
  const name = named(intent.to);
  return name ? m.handing_refused({ reference, name }) : m.handing_refused_nobody({ reference });
}

export function refusalAnnouncement(title: string, { detail, findings }: Problem): string {
  const [first] = findings ?? [];
  const more = (findings?.length ?? 1) - 1;
  return `${title}. ${first ? sentence(first) : detail} ${more > 0 ? m.board_verdict_more({ count: more }) : ''}`.trim();
}
