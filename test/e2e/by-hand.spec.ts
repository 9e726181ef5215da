import { expect, type Page } from '@playwright/test';
import { setAt, textAt } from '#shared/domain/data-tree.ts';
import { sampleApproval } from '#shared/domain/samples/approvals.ts';
import { visit } from './board.ts';
import { test } from './scene.ts';
import { axles, axleSheet, identity, single, tyre } from './trailer.ts';

const field = (page: Page, path: string) => page.locator(`[data-path="${path}"]`).locator('input, select, textarea');

/** Types a value, or picks it from its list, and leaves the field. */
async function enter(page: Page, path: string, text: string): Promise<void> {
  const input = field(page, path);
  await input.focus();
  if (await input.evaluate((element) => element instanceof HTMLSelectElement)) await input.selectOption(text);
  else await page.keyboard.insertText(text);
  await page.keyboard.press('Tab');
}

async function pasteInto(page: Page, path: string, rows: readonly (readonly string[])[]): Promise<void> {
  await field(page, path).focus();
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
}

test('a trailer is created, typed and pasted by hand, and goes to review', async ({ browser, scene }) => {
  test.setTimeout(240_000);
  const { lead, owner, reviewer, organisation, scope } = scene;
  const vehicle = single.reduce(
    (tree, [path, text]) => setAt(tree, path, text),
    setAt({}, 'CocDataGroup/Type', identity.type),
  );
  const approval = sampleApproval(setAt(vehicle, 'CocDataGroup/VehicleCategory', 'O2'));
  await lead.api('POST', `/api/organisations/${organisation}/approvals`, approval);

  // The data owner makes the record from the empty board and is brought to its page.
  const page = await owner.open(browser, `/scopes/${scope}`);
  await page.getByRole('button', { name: 'New record' }).click();
  await page.getByLabel('Vehicle category').selectOption(identity.category);
  await page.getByLabel('VIN').fill(identity.vin);
  await page.getByLabel('Type', { exact: true }).fill(identity.type);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/records\//);
  const record = page.url().split('/').at(-1)!;
  const detail = () => owner.api('GET', `/api/records/${record}`);
  const make = page.locator('[data-entry=make]').first();
  await expect(page.getByText('Nobody owns it.').first()).toBeVisible();
  await expect(make).toBeVisible();

  await lead.api('POST', `/api/records/${record}/duties`, { duty: 'dataOwner', from: null, to: owner.id });
  await lead.api('POST', `/api/records/${record}/duties`, { duty: 'reviewer', from: null, to: reviewer.id });
  await expect(page.getByText('You own it.').first()).toBeVisible();

  // What stands once: a list of names and values for most of it, the rest one field after the other.
  await page.getByLabel('All entries').check();
  const listed = single.filter(([path]) => !/[[\d]/.test(path));
  const preview = page.getByRole('dialog', { name: 'Paste into the data' });
  await pasteInto(
    page,
    'CocDataGroup/Variant',
    listed.map(([path, text]) => [path.split('/').at(-1)!, text]),
  );
  await preview.getByRole('button', { name: `Put in ${listed.length} values` }).click();
  await expect(preview).toBeHidden();
  for (const [path, text] of single) if (!listed.some(([one]) => one === path)) await enter(page, path, text);

  // A wrong value says so and is kept as typed.
  const length = 'CocDataGroup/DimensionGroup/Length';
  await field(page, length).fill('6200,5');
  await expect(page.locator('[data-entry=length]')).toContainText('6200,5');
  await expect(field(page, length)).toHaveValue('6200,5');
  await field(page, length).press('Escape');
  await expect(field(page, length)).toHaveValue('6200');

  // The axles come from a spreadsheet: shown before they are sent, one revision for all of them.
  const lastTyped = single.findLast(([path]) => path.includes('/0/'))!;
  await expect.poll(async () => textAt((await detail()).data, lastTyped[0])).toBe(lastTyped[1]);
  const before = (await detail()).revision;
  await pasteInto(page, `${axles}/0/AxleNumber`, axleSheet);
  await expect(preview).toContainText('17 values change');
  await preview.getByRole('button', { name: 'Put in 17 values' }).click();
  await expect(preview).toBeHidden();
  await expect(field(page, `${axles}/1/DistributionMassRunningOrderAxle`)).toHaveValue('300');
  expect((await detail()).revision).toBe(before + 1);

  // The tyres by keyboard: Enter goes down the column, from one axle to the next with the arrow.
  for (const axle of [0, 1]) {
    const row = `${axles}/${axle}/TyreAxleTable/TyreAxleGroup/0`;
    await field(page, `${row}/TyreSize`).focus();
    await page.keyboard.insertText(tyre['TyreSize']!);
    await page.keyboard.press('Enter');
    await expect(field(page, `${row}/TyreNumber`)).toBeFocused();
    for (const [element, text] of Object.entries(tyre).slice(1)) await enter(page, `${row}/${element}`, text);
  }
  await field(page, `${axles}/0/TyreAxleTable/TyreAxleGroup/0/RimSize`).focus();
  await page.keyboard.press('ArrowRight');
  await expect(field(page, `${axles}/1/TyreAxleTable/TyreAxleGroup/0/RimSize`)).toBeFocused();
  await expect
    .poll(async () =>
      textAt((await detail()).data, `${axles}/1/TyreAxleTable/TyreAxleGroup/0/TyreFittedProductionIndicator`),
    )
    .toBe('Y');
  const { data } = await detail();
  for (const [path, text] of single) expect([path, textAt(data, path)]).toEqual([path, text]);
  expect(data.CocDataGroup.AxleTable.AxleGroup).toHaveLength(2);

  // On to review, through both gates.
  await page.getByRole('tab', { name: 'Checklist' }).click();
  await page.getByLabel('Data taken from the released source').check();
  await page.getByLabel('Checked against the production order').check();
  await page.getByRole('button', { name: 'Move to Data' }).click();
  await page.getByRole('button', { name: 'Move to Review' }).click();
  await expect.poll(async () => (await detail()).card.stage).toBe('review');

  // The reviewer sees what one paste changed.
  const reviewers = await reviewer.open(browser, `/scopes/${scope}/records/${record}`);
  await reviewers.getByRole('tab', { name: 'History' }).click();
  await reviewers.getByRole('tab', { name: 'Revisions of the data' }).click();
  await reviewers.getByLabel(`Compare from revision ${before}`, { exact: true }).check();
  await reviewers.getByLabel(`Compare to revision ${before + 1}`, { exact: true }).check();
  await expect(reviewers.getByRole('row', { name: /Axle spacing.*750/i })).toBeVisible();
});

test('what is typed and not taken survives a reload, beside what somebody else put there', async ({
  browser,
  scene,
}) => {
  const { lead, scope, server } = scene;
  const { card } = await lead.api('POST', `/api/scopes/${scope}/records`, {
    data: { CocDataGroup: { VehicleCategory: 'O2', MaximumSpeed: '100' } },
  });
  const speed = 'CocDataGroup/MaximumSpeed';
  const page = await lead.open(browser, `/scopes/${scope}/records/${card.id}`);
  await field(page, speed).fill('90');
  await lead.api('POST', `/api/records/${card.id}/edits`, { edits: [{ path: speed, from: '100', to: '80' }] });
  await expect(page.getByRole('alert').filter({ hasText: '“80”' })).toBeVisible();
  await visit(page, `${server.url}/scopes/${scope}/records/${card.id}`);
  await expect(field(page, speed)).toHaveValue('90');
  await expect(page.getByRole('alert').filter({ hasText: '“80”' })).toBeVisible();
  await page.getByRole('button', { name: 'Keep mine' }).click();
  await expect.poll(async () => textAt((await lead.api('GET', `/api/records/${card.id}`)).data, speed)).toBe('90');
});
