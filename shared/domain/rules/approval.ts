import { readApprovalNumber } from '../approval-number.ts';
import { textAt } from '../data-tree.ts';
import { fine, quote, wrong, type Rule } from '../rule.ts';

export const approvalPath = 'CocDataGroup/TypeApprovalNumber';

/**
 * R06. A warning: the schema allows any text up to 35 characters, and the form is read off official samples and the
 * numbering annexes of 2007/46 and 2018/858. NKS stands only for an approval of the kind NSS. Blanks around it are
 * R53's, whether the number is there at all is R50's.
 */
export const approvalForm: Rule = {
  id: 'R06',
  key: 'approval.form',
  severity: 'warning',
  mend: ['dataOwner', 'lead'],
  check({ data }) {
    const value = textAt(data, approvalPath);
    if (value === undefined) return fine;
    const national = textAt(data, 'CocDataGroup/TypeApprovalType') === 'NSS';
    const read = readApprovalNumber(value, { national });
    return typeof read === 'object'
      ? fine
      : wrong({ entry: 'typeApprovalNumber', params: { value: quote(value), why: read } });
  },
};
