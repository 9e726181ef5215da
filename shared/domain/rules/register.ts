import { baseCategory, entryOf } from '../catalogue/catalogue.ts';
import { readApprovalNumber, withLowercaseLetter } from '../approval-number.ts';
import { approvalState, coversVehicle } from '../approvals.ts';
import { textAt, textsAt } from '../data-tree.ts';
import { ok, quote, violation, type Rule, type Violation } from '../rule.ts';
import { approvalPath } from './approval.ts';
import { categoryPath, titleParams } from './entries.ts';
import { vinPath } from './vin.ts';

/** R05. Checked only if the organisation has set its own identifiers. */
export const wmiKnown: Rule = {
  id: 'R05',
  key: 'vin.wmiKnown',
  severity: 'warning',
  mend: ['dataOwner', 'lead'],
  check({ data, settings }) {
    const vin = textAt(data, vinPath) ?? '';
    if (settings.wmis.length === 0 || vin.length < 3) return ok;
    const six = wmiOf(vin);
    const three = vin.slice(0, 3);
    const wmi = settings.wmis.some((own) => own.length > 3) ? six : three;
    return settings.wmis.includes(six) || settings.wmis.includes(three)
      ? ok
      : violation({ entry: 'vin', params: { wmi, own: settings.wmis.join(', ') } });
  },
};

/**
 * ISO 3780: a 9 in third place marks a manufacturer of few vehicles, whose identifier also includes positions 12 to 14.
 */
const wmiOf = (vin: string) => (vin[2] === '9' ? vin.slice(0, 3) + vin.slice(11, 14) : vin.slice(0, 3));

/** R08. The approval at this extension is in the register and in force today. R50 reports a missing number. */
export const approvalInForce: Rule = {
  id: 'R08',
  key: 'approval.inForce',
  severity: 'error',
  mend: ['lead', 'dataOwner'],
  check({ data, approval, otherExtensions, today }) {
    const number = textAt(data, approvalPath);
    if (number === undefined) return ok;
    const trouble = (why: string, more: Record<string, string> = {}) =>
      violation({ entry: 'typeApprovalNumber', params: { number: quote(number), why, ...more } });
    if (approval === null) {
      if (otherExtensions.length === 0) return trouble('unknown');
      return trouble('extension', { known: otherExtensions.join(', ') });
    }
    const state = approvalState(approval, today);
    const since = { expired: approval.expiresOn, withdrawn: approval.withdrawn?.on, pending: approval.issuedOn };
    return state === 'granted' ? ok : trouble(state, { since: since[state] ?? '' });
  },
};

/** R09. Type, variant and version are listed under the approval. */
export const vehicleCovered: Rule = {
  id: 'R09',
  key: 'approval.covers',
  severity: 'error',
  mend: ['dataOwner', 'lead'],
  check({ data, approval }) {
    if (approval === null) return ok;
    const [type, variant, version] = ['Type', 'Variant', 'Version'].map((name) => textAt(data, `CocDataGroup/${name}`));
    if (type === undefined || variant === undefined || version === undefined) return ok;
    return coversVehicle(approval.covers, { type, variant, version })
      ? ok
      : violation({
          entry: approval.covers.some((one) => one.type === type) ? 'variant' : 'type',
          params: { vehicle: quote(`${type} / ${variant} / ${version}`), number: approval.number },
        });
  },
};

/** R55. The approval was granted for the vehicle category. `M1G` is covered by `M1G` and by `M1`. */
export const categoryCovered: Rule = {
  id: 'R55',
  key: 'approval.category',
  severity: 'error',
  mend: ['dataOwner', 'lead'],
  check({ data, approval }) {
    const category = textAt(data, categoryPath) ?? '';
    const base = baseCategory(category);
    if (approval === null || base === null || approval.categories.length === 0) return ok;
    return approval.categories.some((one) => one === category || one === base)
      ? ok
      : violation({
          entry: 'vehicleCategory',
          params: { category, number: approval.number, covered: approval.categories.join(', ') },
        });
  },
};

/** R20. Values are within the ranges of the approval. A warning: the meaning of a single bound is inferred. */
export const insideAllowedRanges: Rule = {
  id: 'R20',
  key: 'approval.range',
  severity: 'warning',
  mend: ['dataOwner', 'reviewer'],
  check: ({ data, approval }) =>
    (approval?.ranges ?? []).flatMap((range): readonly Violation[] => {
      const entry = entryOf(range.entry);
      if (!entry) return ok;
      const given = [entry.path, ...(entry.range ? [entry.range.min, entry.range.max] : [])];
      const outside = given.flatMap((path) => textsAt(data, path)).find((value) => !isAllowed(value, range));
      return outside === undefined
        ? ok
        : violation({
            entry: entry.key,
            params: {
              ...titleParams(entry),
              value: quote(outside),
              ...allowedParams(range),
              approval: approval!.number,
            },
          });
    }),
};

interface Allowed {
  min: number | null;
  max: number | null;
  oneOf: readonly string[] | null;
}

function isAllowed(value: string, { min, max, oneOf }: Allowed): boolean {
  if (oneOf) return oneOf.includes(value);
  const number = Number(value);
  // R51 reports a value that is not a number.
  if (value.trim() === '' || Number.isNaN(number)) return true;
  return (min === null || number >= min) && (max === null || number <= max);
}

function allowedParams({ min, max, oneOf }: Allowed): Record<string, string | number> {
  if (oneOf) return { codes: quote(oneOf.join(', ')) };
  return { ...(min === null ? {} : { least: min }), ...(max === null ? {} : { most: max }) };
}

/** R44. The signatory is on the approval's list of signatories; checked only if the list is not empty. */
export const signatoryAuthorised: Rule = {
  id: 'R44',
  key: 'approval.signatory',
  severity: 'error',
  mend: ['lead'],
  check({ approval, signatoryName }) {
    if (approval === null || signatoryName === null || approval.signatories.length === 0) return ok;
    return approval.signatories.some(({ name }) => name === signatoryName)
      ? ok
      : violation({ params: { name: signatoryName, number: approval.number } });
  },
};

/**
 * The normal form of the approval number in the data, which is its key in the register. R06 reports a capital first
 * letter. Null if the number is missing or cannot be parsed.
 */
export function approvalNumberOf(data: Parameters<typeof textAt>[0]): string | null {
  const text = textAt(data, approvalPath);
  if (text === undefined || text.length > 60) return null;
  const national = textAt(data, 'CocDataGroup/TypeApprovalType') === 'NSS';
  const read = readApprovalNumber(withLowercaseLetter(text), { national });
  return typeof read === 'string' ? null : read.number;
}
