import { expect, type Page } from '@playwright/test';
import { sampleVehicle } from '#shared/domain/samples/vehicle.ts';
import { cardIn, column, drop, liftOver } from './board.ts';
import { test, type Fixture, vehiclesFrom } from './fixture.ts';
import { phone } from './touch.ts';

let numbers = vehiclesFrom(1700);

async function recordInIntake({ lead, owner, scope }: Fixture, owned = true) {
  const { card } = await lead.api('POST', `/api/scopes/${scope}/records`, {
    data: sampleVehicle({ number: ++numbers }),
  });
  if (owned) await lead.api('POST', `/api/records/${card.id}/duties`, { duty: 'dataOwner', from: null, to: owner.id });
  return card as { id: string; reference: string };
}

const stageOf = async ({ lead }: Fixture, id: string) => (await lead.api('GET', `/api/records/${id}`)).card.stage;
const select = (page: Page, stage: 'intake', id: string) =>
  cardIn(page, stage, id)
    .locator('a')
    .click({ modifiers: ['ControlOrMeta'] });

test('others see who holds a card and over which column, and that it was released', async ({ browser, fixture }) => {
  const { lead, owner, scope } = fixture;
  const { id, reference } = await recordInIntake(fixture);
  const page = await lead.open(browser, `/scopes/${scope}`);
  const other = await owner.open(browser, `/scopes/${scope}`);
  await expect(cardIn(other, 'intake', id)).toBeVisible();
  await liftOver(page, id, 'data');
  await expect(cardIn(other, 'intake', id)).toContainText(`${lead.name} is moving it`);
  const hand = column(other, 'data').locator(`[data-hand="${id}"]`);
  await expect(hand).toContainText(`${lead.name} is dragging ${reference} here`);
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect(hand).toHaveCount(0);
  await expect(cardIn(other, 'intake', id)).not.toContainText('is moving it');
});

test('a card moved by somebody else stays under the pointer, shows it, and moves when the pointer leaves', async ({
  browser,
  fixture,
}) => {
  const { lead, owner, scope } = fixture;
  const { id } = await recordInIntake(fixture);
  const page = await lead.open(browser, `/scopes/${scope}`);
  await cardIn(page, 'intake', id).hover();
  const before = (await cardIn(page, 'intake', id).boundingBox())!;
  await owner.api('POST', `/api/records/${id}/move`, { from: 'intake', to: 'data' });
  await expect(cardIn(page, 'intake', id)).toContainText(`${owner.name} moved it to Data`);
  expect(await cardIn(page, 'intake', id).boundingBox()).toEqual(before);
  await page.mouse.move(2, 2);
  await expect(cardIn(page, 'data', id)).toBeVisible();
  await expect(cardIn(page, 'intake', id)).toHaveCount(0);
});

test('a held card moved by somebody else is judged from its new place', async ({ browser, fixture }) => {
  const { lead, owner, scope } = fixture;
  const { id, reference } = await recordInIntake(fixture);
  const page = await lead.open(browser, `/scopes/${scope}`);
  await liftOver(page, id, 'data');
  await owner.api('POST', `/api/records/${id}/move`, { from: 'intake', to: 'data' });
  await expect(
    page.getByText(`${owner.name} moved ${reference} to Data while you were dragging it`).first(),
  ).toBeVisible();
  await expect(column(page, 'data')).toHaveAttribute('data-gate', 'here');
  await drop(page);
  await expect(cardIn(page, 'data', id)).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await stageOf(fixture, id)).toBe('data');
});

test('three cards are selected and moved, the refused one shows why, and one key undoes all', async ({
  browser,
  fixture,
}) => {
  const [one, two, unowned] = [
    await recordInIntake(fixture),
    await recordInIntake(fixture),
    await recordInIntake(fixture, false),
  ];
  const page = await fixture.lead.open(browser, `/scopes/${fixture.scope}`);
  for (const { id } of [one, two, unowned]) await select(page, 'intake', id);
  const bar = page.getByRole('toolbar', { name: 'Selected cards' });
  await expect(bar).toContainText('3 selected');
  await bar.getByRole('button', { name: 'Move to…' }).click();
  await page.getByRole('menuitem', { name: /^Data/ }).click();
  const result = page.getByRole('region', { name: 'Result for the selection' });
  await expect(result).toContainText('2 moved to Data, 1 refused');
  await expect(result).toContainText('Nobody owns the data of this record');
  await expect(result.getByRole('link', { name: unowned.reference })).toHaveAttribute(
    'href',
    new RegExp(`/records/${unowned.id}`),
  );
  await expect(cardIn(page, 'data', one.id)).toBeVisible();
  await result.getByRole('button', { name: 'Close' }).click();
  await page.keyboard.press('ControlOrMeta+z');
  for (const { id } of [one, two]) await expect(cardIn(page, 'intake', id)).toBeVisible();
  expect(await stageOf(fixture, one.id)).toBe('intake');
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await expect(cardIn(page, 'data', two.id)).toBeVisible();
});

test('the keyboard selects, lifts all selected cards, and every column shows how many may enter', async ({
  browser,
  fixture,
}) => {
  const [one, two] = [await recordInIntake(fixture), await recordInIntake(fixture, false)];
  const page = await fixture.lead.open(browser, `/scopes/${fixture.scope}`);
  await cardIn(page, 'intake', one.id).locator('a').focus();
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByRole('toolbar', { name: 'Selected cards' })).toContainText('2 selected');
  await expect(cardIn(page, 'intake', two.id).locator('a')).toBeFocused();
  await page.keyboard.press('Space');
  await expect(column(page, 'data')).toContainText('1 of 2 can enter');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('toolbar', { name: 'Selected cards' })).toHaveCount(0);
});

test('Ctrl+A on a card selects its whole column, beyond the loaded window', async ({ browser, fixture }) => {
  const made = [];
  for (let many = 0; many < 23; many++) made.push(await recordInIntake(fixture, false));
  const page = await fixture.lead.open(browser, `/scopes/${fixture.scope}`);
  const { columns } = await fixture.lead.api('GET', `/api/scopes/${fixture.scope}/board`);
  const intake = columns.find(({ stage }: { stage: string }) => stage === 'intake');
  await column(page, 'intake').locator('a').first().focus();
  await page.keyboard.press('ControlOrMeta+a');
  const bar = page.getByRole('toolbar', { name: 'Selected cards' });
  await expect(bar).toContainText(`${intake.count} selected`);
  expect(intake.count).toBeGreaterThanOrEqual(made.length);
  await page.keyboard.press('Escape');
  await expect(bar).toHaveCount(0);
});

test('the toast or Ctrl+Z undoes an exception raised by mistake (fault P10)', async ({ browser, fixture }) => {
  const { id, reference } = await recordInIntake(fixture);
  const page = await fixture.lead.open(browser, `/scopes/${fixture.scope}/records/${id}`);
  const blocked = async () => (await fixture.lead.api('GET', `/api/records/${id}`)).card.blocked.count;
  await page.getByRole('button', { name: 'Raise an exception' }).click();
  const dialog = page.getByRole('dialog', { name: `What blocks ${reference}?` });
  await dialog.getByLabel('Cause').fill('no type approval');
  await dialog.getByRole('button', { name: 'Raise', exact: true }).click();
  await expect(page.getByText(`Exception raised on ${reference}`)).toBeVisible();
  expect(await blocked()).toBe(1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(blocked).toBe(0);
  await expect(page.getByText('Raised by mistake and undone')).toBeAttached();
});

test('a change that somebody overwrote is not undone, and the message says who and what', async ({
  browser,
  fixture,
}) => {
  const { lead, owner, scope } = fixture;
  const { id, reference } = await recordInIntake(fixture);
  const page = await lead.open(browser, `/scopes/${scope}`);
  await liftOver(page, id, 'data');
  await drop(page);
  await expect.poll(() => stageOf(fixture, id)).toBe('data');
  await expect(page.getByText(`${reference} moved to Data`)).toBeVisible();
  await owner.api('POST', `/api/records/${id}/next-action`, {
    from: owner.id,
    to: lead.id,
    what: 'Weigh it',
    due: null,
  });
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('region', { name: 'Result for the selection' })).toContainText(
    `${owner.name} handed over the next action of ${reference} since`,
  );
  expect(await stageOf(fixture, id)).toBe('data');
});

test('on a phone the card menu selects, and taps extend the selection', async ({ browser, fixture }) => {
  const [one, two] = [await recordInIntake(fixture), await recordInIntake(fixture)];
  const page = await fixture.lead.open(browser, `/scopes/${fixture.scope}`, phone);
  await cardIn(page, 'intake', one.id)
    .getByRole('button', { name: /Move or open/ })
    .tap();
  await page.getByRole('menuitem', { name: 'Select' }).tap();
  await cardIn(page, 'intake', two.id).locator('a').tap();
  const bar = page.getByRole('toolbar', { name: 'Selected cards' });
  await expect(bar).toContainText('2 selected');
  await bar.getByRole('button', { name: 'Clear the selection' }).tap();
  await expect(bar).toHaveCount(0);
});
