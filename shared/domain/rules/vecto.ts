import { textAt } from '../data-tree.ts';
import type { Rule, Violation } from '../rule.ts';
import { titleParams } from './entries.ts';
import { entriesNamed, missingOf } from './owed.ts';

export const vectoEntries = entriesNamed('hashMrf', 'hashCif', 'vehicleGroup');

/**
 * R38. A warning: which vehicles need the simulation depends on more than the record contains. It is required for
 * lorries (N3) and buses (M3) with only a combustion engine, and for every vehicle with a part of its result. A hash is
 * SHA-256 in base64.
 */
export const vectoHashes: Rule = {
  id: 'R38',
  key: 'vecto.hashes',
  severity: 'warning',
  mend: ['dataOwner', 'lead'],
  check({ data }) {
    const malformed: Violation[] = vectoEntries
      .filter(({ format }) => format.kind === 'text')
      .flatMap((entry) => {
        const hash = textAt(data, entry.path);
        return hash === undefined || hash === '' || /^[A-Za-z0-9+/]{43}=$/.test(hash)
          ? []
          : [{ entry: entry.key, params: { ...titleParams(entry), length: hash.length } }];
      });
    return [...missingOf(data, vectoEntries), ...malformed];
  },
};
