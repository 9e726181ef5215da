import { oddCharacters } from '../odd-characters.ts';
import { quote, type Rule } from '../rule.ts';
import { textsAt } from '../data-tree.ts';
import { titleParams } from './entries.ts';
import { entriesNamed } from './owed.ts';

/** The identifiers by which the register and later stages are searched. R01 checks the VIN. */
const identifiers = entriesNamed(
  'type',
  'variant',
  'version',
  'typeApprovalNumber',
  'previousStageTypeApprovalNumber',
  'previousStageType',
  'previousStageVariant',
  'previousStageVersion',
);

const isPlain = /^[ -~]{0,80}$/;

/** R64. A warning: the schema allows any letter, and a manufacturer may use its own alphabet on purpose. */
export const latinIdentifiers: Rule = {
  id: 'R64',
  key: 'text.lookAlike',
  severity: 'warning',
  mend: ['dataOwner', 'lead'],
  check: ({ data }) =>
    identifiers.flatMap((entry) =>
      textsAt(data, entry.path).flatMap((value) => {
        if (isPlain.test(value)) return [];
        // R53 reports surrounding whitespace, R51 a text that is too long.
        const [odd] = oddCharacters(value.trim().slice(0, 80));
        return odd ? [{ entry: entry.key, params: { ...titleParams(entry), value: quote(value.trim()), ...odd } }] : [];
      }),
    ),
};
