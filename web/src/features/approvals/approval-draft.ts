import type { Approval, ApprovalContent, Coverage } from '#shared/contract/approval.ts';
import { codesOf } from '#shared/domain/catalogue/catalogue.ts';
import { m } from '#lib/paraglide/messages.js';
import { coverageText, readCoverage } from './coverage-text.ts';

export interface RangeDraft {
  entry: string;
  min: string;
  max: string;
  oneOf: string;
}

/** An approval as form texts; empty where nothing is entered. */
export interface ApprovalDraft {
  number: string;
  issuedOn: string;
  expiresOn: string;
  authority: string;
  smallSeries: boolean;
  categories: string;
  coverage: string;
  ranges: RangeDraft[];
  signatories: { name: string; position: string }[];
  manufacturer: string;
  representative: string;
  references: { label: string; url: string }[];
}

export const emptyDraft = (number = ''): ApprovalDraft => ({
  number,
  issuedOn: '',
  expiresOn: '',
  authority: '',
  smallSeries: false,
  categories: '',
  coverage: '',
  ranges: [],
  signatories: [],
  manufacturer: '',
  representative: '',
  references: [],
});

export const draftOf = (approval: Approval): ApprovalDraft => ({
  number: approval.number,
  issuedOn: approval.issuedOn ?? '',
  expiresOn: approval.expiresOn ?? '',
  authority: approval.authority ?? '',
  smallSeries: approval.smallSeries,
  categories: approval.categories.join(', '),
  coverage: coverageText(approval.covers),
  ranges: approval.ranges.map(({ entry, min, max, oneOf }) => ({
    entry,
    min: min === null ? '' : `${min}`,
    max: max === null ? '' : `${max}`,
    oneOf: oneOf?.join('; ') ?? '',
  })),
  signatories: approval.signatories.map(({ name, position }) => ({ name, position: position ?? '' })),
  manufacturer: approval.manufacturer ?? '',
  representative: approval.representative ?? '',
  references: approval.references.map((reference) => ({ ...reference })),
});

/** The validation errors of a draft, by the name of its part. */
export type DraftErrors = Partial<Record<'categories' | 'coverage' | 'ranges' | 'references', string>>;

/** Parses a draft into content or validation errors. Ignores empty rows. */
export function contentOf(draft: ApprovalDraft): { content: ApprovalContent } | { trouble: DraftErrors } {
  const categories = listOf(draft.categories, /[,;\s]+/).map((code) => code.toUpperCase());
  const unknown = categories.find((code) => !Object.hasOwn(codesOf('vehicleCategory'), code));
  const coverage = readCoverage(draft.coverage);
  const ranges = draft.ranges.filter((row) => Object.values(row).some((text) => text.trim() !== '')).map(rangeOf);
  const references = draft.references.filter(({ label, url }) => label.trim() || url.trim());
  const trouble: DraftErrors = {
    ...(unknown && { categories: m.approvals_categories_wrong({ code: unknown }) }),
    ...('wrong' in coverage && { coverage: coverage.wrong }),
    ...rangeErrors(ranges),
    ...(references.some(({ label, url }) => !label.trim() || !/^https?:\/\/[^\s]+$/.test(url.trim())) && {
      references: m.approvals_reference_wrong(),
    }),
  };
  if (Object.keys(trouble).length > 0) return { trouble };
  return {
    content: {
      issuedOn: draft.issuedOn || null,
      expiresOn: draft.expiresOn || null,
      authority: draft.authority.trim() || null,
      smallSeries: draft.smallSeries,
      categories,
      covers: (coverage as { covers: Coverage[] }).covers,
      ranges,
      signatories: draft.signatories
        .filter(({ name }) => name.trim())
        .map(({ name, position }) => ({ name: name.trim(), position: position.trim() || null })),
      manufacturer: draft.manufacturer.trim() || null,
      representative: draft.representative.trim() || null,
      references: references.map(({ label, url }) => ({ label: label.trim(), url: url.trim() })),
    },
  };
}

const listOf = (text: string, by: RegExp): string[] => [
  ...new Set(
    text
      .split(by)
      .map((part) => part.trim())
      .filter(Boolean),
  ),
];

function rangeOf({ entry, min, max, oneOf }: RangeDraft): ApprovalContent['ranges'][number] {
  const list = listOf(oneOf, /[;\n]/);
  return { entry, min: numberOf(min), max: numberOf(max), oneOf: list.length > 0 ? list : null };
}

/** Accepts a comma as the decimal separator. Null for an empty text, NaN for anything that is not a number. */
const numberOf = (text: string): number | null => (text.trim() === '' ? null : Number(text.trim().replace(',', '.')));

function rangeErrors(ranges: ApprovalContent['ranges']): DraftErrors {
  for (const { entry, min, max, oneOf } of ranges) {
    if (entry === '' || Number.isNaN(min) || Number.isNaN(max) || (min === null && max === null && oneOf === null))
      return { ranges: m.approvals_range_wrong() };
    if (min !== null && max !== null && min > max) return { ranges: m.approvals_range_wrong_order() };
  }
  return {};
}
