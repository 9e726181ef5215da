import type { SetRefusal, SetResult } from '#shared/contract/bulk.ts';
import { sentence } from '#shared/text/sentence.ts';
import { m } from '#lib/paraglide/messages.js';

/** The refused cards of a bulk operation that have the same reason. */
export interface RefusalGroup {
  words: string;
  cards: readonly { id: string; reference: string | null }[];
}

/** Why one card was refused: the first reason, and how many more there are. */
export function refusalLabel({ type, findings }: SetRefusal): string {
  const [first, ...more] = findings;
  if (!first) return type === 'stale' ? m.board_set_stale() : m.board_set_gone();
  return more.length > 0 ? `${sentence(first)} ${m.board_verdict_more({ count: more.length })}` : sentence(first);
}

/** Groups the refused cards by reason, the most frequent first. */
export function reasonsOf(results: readonly SetResult[]): RefusalGroup[] {
  const groups = new Map<string, { id: string; reference: string | null }[]>();
  for (const { record, reference, refusal } of results) {
    if (!refusal) continue;
    const words = refusalLabel(refusal);
    groups.set(words, [...(groups.get(words) ?? []), { id: record, reference }]);
  }
  return [...groups].map(([words, cards]) => ({ words, cards })).sort((a, b) => b.cards.length - a.cards.length);
}
