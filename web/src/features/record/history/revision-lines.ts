import type { DataTree } from '#shared/contract/record.ts';
import type { RevisionChange } from '#shared/contract/revision.ts';
import { entries } from '#shared/domain/catalogue/catalogue.ts';
import type { Section } from '#shared/domain/catalogue/entry.ts';
import { leavesOf } from '#shared/domain/data-tree-differences.ts';
import { entryAt } from '../certificate/certificate.ts';
import { pathLabel } from '../certificate/path-labels.ts';

export interface RevisionLine {
  path: string;
  title: string;
  /** Null for an element that belongs to no entry of the certificate. */
  section: Section | null;
  from: string | null;
  to: string | null;
}

/**
 * The changed values and, on request, the unchanged ones, as lines in the order of the certificate. `kept`: the data of
 * either revision; null: changed values only.
 */
export function revisionLines(changes: readonly RevisionChange[], kept: DataTree | null): RevisionLine[] {
  const changed = new Set(changes.map(({ path }) => path));
  const stayed = [...(kept ? leavesOf(kept) : [])].filter(([path]) => !changed.has(path));
  return [...changes, ...stayed.map(([path, text]) => ({ path, from: text, to: text }))]
    .map(({ path, from, to }) => {
      const entry = entryAt(path, entries);
      const order = entry ? entries.indexOf(entry) : entries.length;
      return { order, line: { path, title: pathLabel(path), section: entry?.section ?? null, from, to } };
    })
    .toSorted(
      (one, other) => one.order - other.order || one.line.path.localeCompare(other.line.path, 'en', { numeric: true }),
    )
    .map(({ line }) => line);
}
