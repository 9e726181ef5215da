import type { DataTree } from '#shared/contract/record.ts';
import { textAt } from '../data-tree.ts';
import { codesOf } from './catalogue.ts';
import editions from './editions.json' with { type: 'json' };
import type { CodeListName } from './entry.ts';

type Codes = Readonly<Record<string, string>>;

/** The codes that one recipient accepts: the closed lists of the schema, plus codes that it adds or replaces. */
export interface Edition {
  name: string;
  /** Type-approval countries whose certificates go to this recipient; empty: all countries without another edition. */
  countries: readonly string[];
  adds: Readonly<Partial<Record<CodeListName, Codes>>>;
  replaces: Readonly<Partial<Record<CodeListName, Codes>>>;
  /** Codes that the list apparently contains by mistake, and the intended codes. */
  doubtful: readonly { list: CodeListName; code: string; instead: string }[];
}

export type EditionName = keyof typeof editions;

const allEditions: readonly Edition[] = Object.values(editions as unknown as Record<EditionName, Edition>);
/** The edition for every certificate whose country has no other edition. */
export const defaultEdition = allEditions.find(({ countries }) => countries.length === 0)!;

/**
 * The edition by the designated country of the message header or, if that is missing, by the country of the approval
 * number.
 */
export function editionOf(data: DataTree): Edition {
  const country =
    textAt(data, 'Header/DesignatedTypeApprovalCountry') ??
    textAt(data, 'CocDataGroup/TypeApprovalNumber')?.split('*')[0]?.trim().toLowerCase();
  return allEditions.find(({ countries }) => country !== undefined && countries.includes(country)) ?? defaultEdition;
}

const extended = new Map<Codes, Codes>();

/** The codes of a closed list in an edition, with their meanings. */
export function codesIn({ replaces, adds }: Edition, list: CodeListName): Codes {
  const codes = replaces[list] ?? codesOf(list);
  const more = adds[list];
  if (!more) return codes;
  let cached = extended.get(more);
  if (!cached) extended.set(more, (cached = { ...codes, ...more }));
  return cached;
}

/** The codes of a closed list in all editions: the choices while the edition is unknown. */
export function codesInAnyEdition(list: CodeListName): Codes {
  return Object.assign({}, ...allEditions.map((edition) => codesIn(edition, list))) as Codes;
}
