import { entries } from '#shared/domain/catalogue/catalogue.ts';
import { entryTitle } from '#shared/text/names.ts';
import { entryAt, rowsAlong } from './certificate.ts';
import { partName, rowTitle } from './entry-labels.ts';

/** The label of an edited path: `30 Axle track (axle 2)`, and for a whole row the name of the row. */
export function pathLabel(path: string): string {
  const { groups, numbers, endsInRow } = rowsAlong(path);
  const rows = rowTitle(groups, numbers);
  if (endsInRow) return rows;
  const entry = entryAt(path, entries);
  const title = entry ? entryTitle(entry) : partName(path.split('/').at(-1)!);
  const further = numbers.some((number) => number > 1);
  return further ? `${title} (${rows.charAt(0).toLowerCase()}${rows.slice(1)})` : title;
}
