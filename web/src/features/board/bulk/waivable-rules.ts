import type { Finding } from '#shared/contract/finding.ts';
import type { Card } from '#shared/contract/record.ts';
import { isWaivable } from '#shared/domain/waivers.ts';

/** A rule that blocks a gate of some of the cards, and those cards. */
export interface WaivableRule {
  rule: string;
  finding: Finding;
  cards: readonly Card[];
}

/** The waivable rules among the first findings of these cards' gates; the most frequent first. */
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
