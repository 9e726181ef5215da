import type { DataTree } from '#shared/contract/record.ts';
import { textAt } from '#shared/domain/data-tree.ts';
import type { Facts, RegisteredApproval } from '#shared/domain/facts.ts';
import { defaultModel } from '#shared/domain/operating-model.ts';
import { productSettings } from '#shared/domain/rule-set.ts';
import { completeM1 } from './vehicles.ts';

/** The facts of a record that passes every gate; each test changes one thing. */
export function passingFacts(overrides: Partial<Facts> = {}): Facts {
  return {
    today: '2026-11-24',
    scope: { state: 'live' },
    duties: { dataOwner: 'owner', reviewer: 'reviewer', outputPreparer: 'preparer', signatory: 'signatory' },
    signatoryName: 'Henrik Voss',
    data: completeM1(),
    dataHash: 'present',
    editors: ['owner'],
    review: { reviewer: 'reviewer', dataHash: 'present', ruleSet: '2.0', ticked: [], outcome: 'accepted' },
    checklist: Object.fromEntries(defaultModel.stages.map(({ key }) => [key, tickedAll(key)])),
    exceptions: [],
    vinHolder: null,
    approval: passingApproval({}, overrides.data),
    otherExtensions: [],
    waivers: [],
    settings: productSettings,
    ruleSet: '2.0',
    ...overrides,
  };
}

/** The register row that covers a vehicle, whatever was changed in it. */
export function passingApproval(
  overrides: Partial<RegisteredApproval> = {},
  vehicle: DataTree = completeM1(),
): RegisteredApproval {
  const at = (name: string) => textAt(vehicle, `CocDataGroup/${name}`) ?? '';
  return {
    number: 'e4*2018/858*00411*02',
    issuedOn: '2026-03-02',
    expiresOn: null,
    withdrawn: null,
    categories: [at('VehicleCategory')],
    covers: [{ type: at('Type'), variant: null, version: null }],
    ranges: [],
    signatories: [],
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
