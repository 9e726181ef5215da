import { readApprovalNumber, withLowercaseLetter } from '../approval-number.ts';
import { textAt } from '../data-tree.ts';
import { ok, quote, violation, type Rule } from '../rule.ts';
import { entriesNamed, missingOf } from './owed.ts';

export const approvalPath = 'CocDataGroup/TypeApprovalNumber';

/**
 * R06. A warning: the schema allows any text up to 35 characters, and the form is inferred from official samples and
 * the numbering annexes of 2007/46 and 2018/858. NKS is valid only for approvals of the kind NSS. R53 reports
 * surrounding whitespace; R50 reports a missing number.
 */
export const approvalForm: Rule = {
  id: 'R06',
  key: 'approval.form',
  severity: 'warning',
  mend: ['dataOwner', 'lead'],
  check({ data }) {
    const value = textAt(data, approvalPath);
    if (value === undefined) return ok;
    const national = textAt(data, 'CocDataGroup/TypeApprovalType') === 'NSS';
    const read = readApprovalNumber(value, { national });
    if (typeof read === 'object') return ok;
    const params = { value: quote(value), why: read };
    return read === 'capital'
      ? violation({ entry: 'typeApprovalNumber', params: { ...params, instead: quote(withLowercaseLetter(value)) } })
      : violation({ entry: 'typeApprovalNumber', params });
  },
};

/** R07. Approvals from countries outside the Union are not sent through the Union's access points. */
export const approvalCountry: Rule = {
  id: 'R07',
  key: 'approval.country',
  severity: 'error',
  mend: ['dataOwner', 'lead'],
  check({ data }) {
    const designated = textAt(data, 'Header/DesignatedTypeApprovalCountry') ?? '';
    const [, country] = /^(e\d{1,2})\*/.exec(withLowercaseLetter(textAt(data, approvalPath) ?? '')) ?? [];
    return country === undefined || !/^e\d{1,2}$/.test(designated) || country === designated
      ? ok
      : violation({ entry: 'typeApprovalNumber', params: { country, designated } });
  },
};

export const territoryEntries = entriesNamed('provisionalTerritory');

/** R43. A warning: inferred from the schema. */
export const provisionalTerritories: Rule = {
  id: 'R43',
  key: 'approval.provisional',
  severity: 'warning',
  mend: ['dataOwner', 'lead'],
  check: ({ data }) => missingOf(data, territoryEntries),
};
