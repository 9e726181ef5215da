import { expectedInstead } from '../catalogue/format.ts';
import { textAt, textsAt } from '../data-tree.ts';
import type { Rule, Violation } from '../rule.ts';

/** R10. A warning: inferred from official samples. R51 refuses a day of manufacture in the future. */
export const datesInOrder: Rule = {
  id: 'R10',
  key: 'dates.order',
  severity: 'warning',
  mend: ['dataOwner', 'lead'],
  check({ data, today }) {
    const isPast = (day: string) => expectedInstead({ kind: 'date', until: 'today' }, day, today) === null;
    const isDay = (day: string) => expectedInstead({ kind: 'date' }, day, today) === null;
    const violations: Violation[] = [];
    const issued = textAt(data, 'CocDataGroup/TypeApprovalIssueDate') ?? '';
    const made = textAt(data, 'CocDataGroup/DateManufactureVehicle') ?? '';
    if (isDay(issued) && isPast(made) && issued > made) {
      violations.push({ entry: 'typeApprovalIssueDate', params: { issued, made } });
    }
    for (const signed of textsAt(data, 'CocDataGroup/SigningAuthorityTable/SigningAuthorityGroup/SignatureDate')) {
      if (!isDay(signed)) continue;
      if (!isPast(signed)) violations.push({ entry: 'signatureDate', params: { signed, today } });
      else if (isPast(made) && signed < made) violations.push({ entry: 'signatureDate', params: { signed, made } });
    }
    return violations;
  },
};
