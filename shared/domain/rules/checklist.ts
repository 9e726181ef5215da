import type { Duty } from '#shared/contract/duty.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { ok, violation, type Rule } from '../rule.ts';

const done = (id: string, stage: StageKey, duty: Duty): Rule => ({
  id,
  key: 'checklist.done',
  severity: 'error',
  mend: [duty, 'lead'],
  check({ checklist }) {
    const tally = checklist[stage];
    const open = tally ? tally.required - tally.requiredDone : 0;
    return open === 0 ? ok : violation({ params: { stage, open } });
  },
});

/** P10 to P14. Every required item of a stage's checklist is ticked before the record leaves that stage. */
export const checklistDone = {
  data: done('P10', 'data', 'dataOwner'),
  review: done('P11', 'review', 'reviewer'),
  output: done('P12', 'output', 'outputPreparer'),
  signing: done('P13', 'signing', 'signatory'),
  delivery: done('P14', 'delivery', 'outputPreparer'),
};
