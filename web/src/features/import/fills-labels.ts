import { entries } from '#shared/domain/catalogue/catalogue.ts';
import { entryTitle } from '#shared/text/names.ts';

/** The entry a path fills, as named on the certificate; the element where several entries share it. */
export function fillsLabel(path: string): string {
  const plain = path.replaceAll(/\/\d+(?=\/)/g, '');
  const entry = entries.find((one) => one.path === path || one.path === plain);
  const row = /\/(\d+)\//.exec(path)?.[1];
  return entry ? `${entryTitle(entry)}${row === undefined ? '' : ` [${Number(row) + 1}]`}` : path.split('/').at(-1)!;
}
