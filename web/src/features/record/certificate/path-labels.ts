import { entries } from '#shared/domain/catalogue/catalogue.ts';
import { entryTitle } from '#shared/text/names.ts';
import { entryAt, rowsAlong } from './certificate.ts';
import { partName, rowTitle } from './entry-labels.ts';

/** What an edited path is called: `30 Axle track (axle 2)`, and a whole row by its own name. */
export function pathLabel(path: string): string {
  const { groups, numbers, endsInRow } = rowsAlong(path);
  const rows = rowTitle(groups, numbers);
  if (endsInRow) return rows;
  const entry = entryAt(path, entries);
  const title = entry ? entryTitle(entry) : partName(path.split('/').at(-1)!);
  const further = numbers.some((number) => number > 1);
  return further ? `${title} (${rows.charAt(0).toLowerCase()}${rows.slice(1)})` : title;
}
