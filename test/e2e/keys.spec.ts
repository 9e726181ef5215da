import { expect } from '@playwright/test';
import { sampleVehicle } from '#shared/domain/samples/vehicle.ts';
import { a11yViolations } from './a11y-violations.ts';
import { cardIn } from './board.ts';
import { test, type Fixture, vehiclesFrom } from './fixture.ts';
import { phone } from './touch.ts';

let numbers = vehiclesFrom(1500);
const still = { reducedMotion: 'reduce' } as const;

async function recordInIntake({ lead, scope }: Fixture) {
  const { card } = await lead.api('POST', `/api/scopes/${scope}/records`, {
    data: sampleVehicle({ number: ++numbers }),
  });
  return card as { id: string; reference: string; vin: string };
}

test('Ctrl+K finds a record by part of its VIN and opens it', async ({ browser, fixture }) => {
  const { id, vin, reference } = await recordInIntake(fixture);
  const page = await fixture.lead.open(browser, `/scopes/${fixture.scope}/people`);
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox', { name: /^VIN, reference/ }).fill(vin.slice(-8).toLowerCase());
  await expect(page.getByRole('listbox').getByRole('option', { selected: true })).toContainText(reference);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/records/${id}$`));
});

test('Ctrl+K runs a command of the open screen, filters by a person, and opens a page', async ({
  browser,
  fixture,
}) => {
  await recordInIntake(fixture);
  const { owner } = fixture;
  const page = await fixture.lead.open(browser, `/scopes/${fixture.scope}`);
  const field = page.getByRole('combobox', { name: /^VIN, reference/ });
  const pick = async (typed: string, option: string) => {
    await page.keyboard.press('ControlOrMeta+k');
    await field.fill(typed);
    await expect(page.getByRole('listbox').getByRole('option', { selected: true })).toContainText(option);
    await page.keyboard.press('Enter');
    await expect(field).toHaveCount(0);
  };
  await pick('only blocked', 'Only blocked');
  await expect(page.getByRole('button', { name: 'Blocked' })).toHaveAttribute('aria-pressed', 'true');
  await pick(owner.name, owner.name);
  await expect(page).toHaveURL(new RegExp(`owner=${owner.id}`));
  await pick('rules', 'Rules');
  await expect(page).toHaveURL(/\/rules$/);
  await page.keyboard.press('ControlOrMeta+k');
  await field.fill('only blocked');
  await expect(page.getByText(/^No matches/)).toBeVisible();
});

test('? shows the keys of the open screen, and is a normal character in a field', async ({ browser, fixture }) => {
  await recordInIntake(fixture);
  const page = await fixture.lead.open(browser, `/scopes/${fixture.scope}`);
  const keys = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await page.getByRole('searchbox').press('?');
  await expect(page.getByRole('searchbox')).toHaveValue('?');
  await expect(keys).toHaveCount(0);
  await page.getByRole('searchbox').fill('');
  await page.getByRole('link', { name: 'Board', exact: true }).focus();
  await page.keyboard.press('?');
  await expect(keys.getByRole('region', { name: 'Selection' })).toContainText('Select or deselect the card');
  await expect(keys.locator('kbd').filter({ hasText: 'Space' }).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(keys).toHaveCount(0);
});

test('a card lifted by keyboard announces the verdict of every column in the one live region', async ({
  browser,
  fixture,
}) => {
  const { id, reference } = await recordInIntake(fixture);
  const page = await fixture.lead.open(browser, `/scopes/${fixture.scope}`);
  await cardIn(page, 'intake', id).locator('a').focus();
  await page.keyboard.press(' ');
  const said = page.locator('p[aria-live=assertive]');
  await expect(said).toHaveCount(1);
  await expect(said).toContainText(`${reference} lifted`);
  for (const stage of ['Data', 'Review', 'Output', 'Signing', 'Delivery', 'Archive']) {
    await page.keyboard.press('ArrowRight');
    await expect(said).toContainText(new RegExp(`^${stage}[^.]*\\. \\S`));
  }
  await page.keyboard.press('Escape');
  await expect(said).toContainText(reference);
});

test('the search works by touch, and neither it nor the key list has an accessibility violation', async ({
  browser,
  fixture,
}) => {
  const { vin, reference } = await recordInIntake(fixture);
  const page = await fixture.lead.open(browser, `/scopes/${fixture.scope}`, { ...phone, ...still });
  await page.getByRole('button', { name: /^Search and commands/ }).tap();
  await page.getByRole('combobox', { name: /^VIN, reference/ }).fill(vin);
  await expect(page.getByRole('listbox').getByRole('option').first()).toContainText(reference);
  expect.soft(await a11yViolations(page)).toEqual({});
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  expect.soft(await a11yViolations(page)).toEqual({});
});
