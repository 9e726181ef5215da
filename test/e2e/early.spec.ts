import { expect, type Page } from '@playwright/test';
import { sampleVehicle } from '#shared/domain/samples/vehicle.ts';
import { test, vehiclesFrom, type Member } from './fixture.ts';

let numbers = vehiclesFrom(2900);

/** Opens a page whose script loads only once `begin` is called, as on a slow connection. */
async function withoutScript(member: Member, ...[browser, path]: Parameters<Member['open']>) {
  const page = await member.open(browser, '/inbox', { reducedMotion: 'reduce' });
  let begin!: () => void;
  const begun = new Promise<void>((resolve) => (begin = resolve));
  await page.route('**/_app/immutable/entry/**', async (route) => {
    await begun;
    await route.continue();
  });
  await page.goto(new URL(path, page.url()).href, { waitUntil: 'commit' });
  return { page, begin: () => ready(page, begin) };
}

async function ready(page: Page, begin: () => void): Promise<void> {
  await expect(page.locator('html')).not.toHaveAttribute('data-ready');
  begin();
  await page.locator('html[data-ready]').waitFor();
}

const asked = (page: Page) => expect.poll(() => Object.fromEntries(new URL(page.url()).searchParams));

test('a file chosen before hydration is read', async ({ browser, fixture }) => {
  const { page, begin } = await withoutScript(fixture.lead, browser, `/scopes/${fixture.scope}/import`);
  const buffer = Buffer.from('Make,Type\nNORDHAVN,SU4\n');
  await page.locator('input[type=file]').setInputFiles({ name: 'early.csv', mimeType: 'text/csv', buffer });
  await begin();
  const card = page.getByRole('region', { name: 'early.csv' });
  await expect(card).toHaveCount(1);
  await expect(card.getByRole('button', { name: 'Map the columns' })).toBeVisible();
});

test('text and choices entered on the board before hydration filter it', async ({ browser, fixture }) => {
  const { lead, owner, scope } = fixture;
  const data = sampleVehicle({ number: ++numbers });
  await lead.api('POST', `/api/scopes/${scope}/records`, { data });
  const { page, begin } = await withoutScript(lead, browser, `/scopes/${scope}`);
  await page.getByRole('search').getByRole('searchbox').fill('YV9');
  await page.getByRole('search').getByRole('combobox').first().selectOption(owner.id);
  await begin();
  await asked(page).toEqual({ text: 'YV9', owner: owner.id });
  await expect(page.getByRole('search').getByRole('searchbox')).toHaveValue('YV9');
  await expect(page.getByRole('search').getByRole('combobox').first()).toHaveValue(owner.id);
});

test('text, choices and ticks entered in a form before hydration stay and count', async ({ browser, fixture }) => {
  const { page, begin } = await withoutScript(fixture.lead, browser, `/scopes/${fixture.scope}/exceptions`);
  const form = page.getByRole('search');
  await form.getByRole('searchbox').fill('tyre');
  await form.getByRole('combobox').first().selectOption('missingData');
  await form.getByLabel('Overdue').check();
  await begin();
  await asked(page).toEqual({ text: 'tyre', kind: 'missingData', overdue: 'true' });
  await expect(form.getByRole('searchbox')).toHaveValue('tyre');
  await expect(form.getByRole('combobox').first()).toHaveValue('missingData');
  await expect(form.getByLabel('Overdue')).toBeChecked();
});

test('two choices made while the first is still loading both count', async ({ browser, fixture }) => {
  const { lead, scope } = fixture;
  const page = await lead.open(browser, `/scopes/${scope}/exceptions`);
  let answer!: () => void;
  const answered = new Promise<void>((resolve) => (answer = resolve));
  await page.route(/\/exceptions\?.*kind=/, async (route) => {
    await answered;
    await route.continue();
  });
  const form = page.getByRole('search');
  await form.getByRole('combobox').first().selectOption('missingData');
  await form.getByLabel('Overdue').check();
  answer();
  await asked(page).toEqual({ kind: 'missingData', overdue: 'true' });
});
