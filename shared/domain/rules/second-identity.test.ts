import { expect, test } from 'vitest';
import { passingFacts } from '#test/support/facts.ts';
import type { Unproven } from '../facts.ts';
import { sentence } from '#shared/text/sentence.ts';
import { approverIsSomebodyElse, reviewerIsSomebodyElse } from './second-identity.ts';

const byOwner: Unproven = { name: 'Runa Voss', inviter: { id: 'owner', name: 'Dario Costa' } };
const bySomebody: Unproven = { name: 'Runa Voss', inviter: { id: 'admin', name: 'Ada Prime' } };
const reviewed = (unproven: Unproven | null) => passingFacts({ review: { ...passingFacts().review!, unproven } });

test('[P16] reports a reviewer who received their link from an editor of the data (fault S15)', () => {
  const [found] = reviewerIsSomebodyElse.check(reviewed(byOwner));
  expect(found).toEqual({ params: { reviewer: 'Runa Voss', inviter: 'Dario Costa' } });
  const said = sentence({ key: 'review.unproven', params: found!.params! });
  expect(said).toContain('Runa Voss');
  expect(said).toContain('Dario Costa');
});

test('[P16] has no finding if somebody else invited them, a mail proved the address, or nobody reviewed (fault S15)', () => {
  for (const facts of [reviewed(bySomebody), reviewed(null), passingFacts({ review: null })]) {
    expect(reviewerIsSomebodyElse.check(facts)).toEqual([]);
  }
});

test('[P17] names each waiver whose approver received their link from its requester (fault S15)', () => {
  const waiver = { id: 'w', rule: 'R50', endsOn: '2026-12-24' };
  const facts = passingFacts({ waivers: [{ ...waiver, unproven: byOwner }, waiver, { ...waiver, unproven: null }] });
  expect(approverIsSomebodyElse.check(facts)).toEqual([
    { params: { waived: 'R50', approver: 'Runa Voss', inviter: 'Dario Costa' } },
  ]);
  expect(approverIsSomebodyElse.check(passingFacts({ waivers: [waiver] }))).toEqual([]);
});
