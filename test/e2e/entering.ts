import { expect, type Page } from '@playwright/test';
import type { DataTree } from '#shared/contract/record.ts';
import { baseCategory } from '#shared/domain/catalogue/catalogue.ts';
import { textAt } from '#shared/domain/data-tree.ts';
import { entryTitle } from '#shared/text/names.ts';
import { certificateEntries, certificateOf, type Field } from '#features/record/certificate/certificate.ts';

export const fieldAt = (page: Page, path: string) =>
  page.locator(`[data-path="${path}"]`).locator('input, select, textarea');

/** Types a value, or picks it from its list, and leaves the field. */
export async function enter(page: Page, path: string, text: string): Promise<void> {
  const input = fieldAt(page, path);
  await input.focus();
  if (await input.evaluate((element) => element instanceof HTMLSelectElement)) await input.selectOption(text);
  else await page.keyboard.insertText(text);
  await page.keyboard.press('Tab');
}

/**
 * Pastes a spreadsheet's clipboard content into a field, checks the number of changes in its preview and accepts it.
 */
export async function paste(page: Page, path: string, rows: readonly (readonly string[])[], changes: number) {
  await fieldAt(page, path).focus();
  await page.evaluate(
    (text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      document.activeElement!.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
      );
    },
    rows.map((row) => row.join('\t')).join('\n'),
  );
  const preview = page.getByRole('dialog', { name: 'Paste into the data' });
  await preview.getByRole('button', { name: `Paste ${changes} values` }).click();
  await expect(preview).toBeHidden();
}

export interface Sheet {
  /** The field to paste into. */
  path: string;
  rows: readonly (readonly string[])[];
  changes: number;
}

export interface Entering {
  /** Names and values of most entries that occur once. */
  list: Sheet;
  /** One table each, one row per table row, under headings; outer tables before those nested in their rows. */
  tables: readonly (Sheet & { table: string })[];
  /** The rest: entries made of parts, and tables of a single value. */
  typed: readonly (readonly [path: string, text: string])[];
}

/** How a person with the vehicle's papers enters it: by list, by sheet and by keyboard. `given` is already present. */
export function enteringOf(vehicle: DataTree, given: readonly string[]): Entering {
  const category = baseCategory(textAt(vehicle, 'CocDataGroup/VehicleCategory')!);
  const blocks = certificateOf(
    vehicle,
    certificateEntries(category),
    () => 1,
    () => true,
  ).flatMap((section) => section.blocks);
  const text = ({ path }: Field) => textAt(vehicle, path) ?? '';
  const filled = (fields: readonly Field[]) =>
    fields.filter((field) => text(field) !== '' && !given.includes(field.path));

  const alone = blocks.filter(({ table }) => table === null).flatMap(({ rows }) => filled(rows[0]!.fields));
  const listed = alone.filter(({ part, path }) => part === null || !path.includes('['));
  const typed = alone.filter((field) => !listed.includes(field));

  const tables = new Map<string, Field[][]>();
  for (const { table, rows } of blocks) {
    if (table === null) continue;
    const held = tables.get(table) ?? rows.map(() => []);
    rows.forEach(({ fields }, at) => held[at]!.push(...fields));
    tables.set(table, held);
  }
  const sheets: Entering['tables'][number][] = [];
  const single: [path: string, text: string][] = [];
  for (const [table, rows] of [...tables].toSorted(([one], [other]) => one.length - other.length)) {
    const values = rows.flatMap(filled);
    if (values.length < 2) {
      // In the first row, where the page offers it, whatever its row in the vehicle.
      for (const value of values) {
        const row = rows.find((fields) => fields.includes(value))!;
        single.push([rows[0]![row.indexOf(value)]!.path, text(value)]);
      }
    } else {
      const columns = rows[0]!.flatMap((field, at) => (rows.some((row) => text(row[at]!) !== '') ? [at] : []));
      sheets.push({
        table,
        path: rows[0]![columns[0]!]!.path,
        rows: [columns.map((at) => nameOf(rows[0]![at]!)), ...rows.map((row) => columns.map((at) => text(row[at]!)))],
        changes: values.length,
      });
    }
  }
  return {
    list: { path: listed[0]!.path, rows: listed.map((field) => [nameOf(field), text(field)]), changes: listed.length },
    tables: sheets,
    typed: [...typed.map((field) => [field.path, text(field)] as const), ...single],
  };
}

/** As the certificate prints it; a part by its element. */
function nameOf({ part, entry }: Field): string {
  return part ?? entryTitle(entry);
}

/** Every text of a vehicle by its elements, regardless of row order. */
export function textsOf(vehicle: DataTree): string[] {
  const found: string[] = [];
  const collect = (node: DataTree[string], path: string): void => {
    if (typeof node === 'string') found.push(`${path} ${node}`);
    else if (Array.isArray(node)) for (const row of node) collect(row, path);
    else for (const [name, child] of Object.entries(node)) collect(child, `${path}/${name}`);
  };
  collect(vehicle, '');
  return found.toSorted();
}
