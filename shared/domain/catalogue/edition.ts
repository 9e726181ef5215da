import type { DataTree } from '#shared/contract/record.ts';
import { textAt } from '../data-tree.ts';
import { codesOf } from './catalogue.ts';
import editions from './editions.json' with { type: 'json' };
import type { CodeListName } from './entry.ts';

type Codes = Readonly<Record<string, string>>;

/** What one recipient takes: the closed lists of the schema, with the codes it adds or has instead. */
export interface Edition {
  name: string;
  /** Type-approval countries whose certificates go to this recipient; empty: all that no other edition has. */
  countries: readonly string[];
  adds: Readonly<Partial<Record<CodeListName, Codes>>>;
  replaces: Readonly<Partial<Record<CodeListName, Codes>>>;
  /** Codes that the list has by mistake, as far as anybody can tell, and the code that is meant. */
  doubtful: readonly { list: CodeListName; code: string; instead: string }[];
}

export type EditionName = keyof typeof editions;

const allEditions: readonly Edition[] = Object.values(editions as unknown as Record<EditionName, Edition>);
/** The edition of every certificate that names no country of another one. */
export const defaultEdition = allEditions.find(({ countries }) => countries.length === 0)!;

/** By the designated country of the message header; where that is missing, by the country of the approval number. */
export function editionOf(data: DataTree): Edition {
  const country =
    textAt(data, 'Header/DesignatedTypeApprovalCountry') ??
    textAt(data, 'CocDataGroup/TypeApprovalNumber')?.split('*')[0]?.trim().toLowerCase();
  return allEditions.find(({ countries }) => country !== undefined && countries.includes(country)) ?? defaultEdition;
}

const extended = new Map<Codes, Codes>();

/** The codes of a closed list in an edition, with what they mean. */
export function codesIn({ replaces, adds }: Edition, list: CodeListName): Codes {
  const codes = replaces[list] ?? codesOf(list);
  const more = adds[list];
  if (!more) return codes;
  let cached = extended.get(more);
  if (!cached) extended.set(more, (cached = { ...codes, ...more }));
  return cached;
}

/** The codes of a closed list in any edition: what can be chosen before the edition is known. */
export function codesInAnyEdition(list: CodeListName): Codes {
  return Object.assign({}, ...allEditions.map((edition) => codesIn(edition, list))) as Codes;
}
