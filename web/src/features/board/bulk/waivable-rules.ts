import type { Finding } from '#shared/contract/finding.ts';
import type { Card } from '#shared/contract/record.ts';
import { isWaivable } from '#shared/domain/waivers.ts';

/** A rule that keeps a gate of some of the cards shut, and of which. */
export interface WaivableRule {
  rule: string;
  finding: Finding;
  cards: readonly Card[];
}

/** The rules that a waiver could pass, of the first reasons the gates of these cards give; the most frequent first. */
export function waivableRules(cards: readonly Card[]): WaivableRule[] {
  const rules = new Map<string, { finding: Finding; cards: Card[] }>();
  for (const card of cards) {
    const firsts = card.gates.flatMap(({ first }) => (first && isWaivable(first.rule) ? [first] : []));
    for (const [rule, finding] of new Map(firsts.map((one) => [one.rule, one]))) {
      const listed = rules.get(rule);
      if (listed) listed.cards.push(card);
      else rules.set(rule, { finding, cards: [card] });
    }
  }
  return [...rules].map(([rule, one]) => ({ rule, ...one })).sort((a, b) => b.cards.length - a.cards.length);
}
