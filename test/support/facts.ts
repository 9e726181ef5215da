import type { Facts } from '#shared/domain/facts.ts';
import { defaultModel } from '#shared/domain/operating-model.ts';
import { completeM1 } from './vehicles.ts';

/** All that the rules look at, of a record that passes every gate; each test spoils one thing. */
export function passingFacts(overrides: Partial<Facts> = {}): Facts {
  return {
    today: '2026-11-24',
    scope: { state: 'live' },
    duties: { dataOwner: 'owner', reviewer: 'reviewer', outputPreparer: 'preparer', signatory: 'signatory' },
    data: completeM1(),
    dataHash: 'present',
    editors: ['owner'],
    review: { reviewer: 'reviewer', dataHash: 'present', outcome: 'accepted' },
    checklist: Object.fromEntries(defaultModel.stages.map(({ key }) => [key, tickedAll(key)])),
    exceptions: [],
    vinHolder: null,
    ...overrides,
  };
}

function tickedAll(stage: string) {
  const items = defaultModel.checklist.filter((item) => item.stage === stage);
  const required = items.filter((item) => item.required).length;
  return {
    required,
    requiredDone: required,
    total: items.length,
    done: items.length,
    ticked: items.map(({ id }) => id),
  };
}
