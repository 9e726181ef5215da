import { expect, type Page } from '@playwright/test';
import type { StageKey } from '#shared/contract/stage.ts';
import { sampleVehicle } from '#shared/domain/samples/vehicle.ts';
import { cardIn, column, drop, liftOver, reload } from './board.ts';
import { test, type Fixture, vehiclesFrom } from './fixture.ts';
import { fingerOn, phone } from './touch.ts';

let numbers = vehiclesFrom(400);

async function recordInIntake({ lead, owner, scope }: Fixture, owned = true) {
  const { card } = await lead.api('POST', `/api/scopes/${scope}/records`, {
    data: sampleVehicle({ number: ++numbers }),
  });
  if (owned) await lead.api('POST', `/api/records/${card.id}/duties`, { duty: 'dataOwner', from: null, to: owner.id });
  return card as { id: string; reference: string };
}

const order = (page: Page, stage: StageKey) =>
  column(page, stage)
    .locator('[data-card]')
    .evaluateAll((cards) =>
      cards
        .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
        .map((card) => card.getAttribute('data-card')),
    );

const stageOf = async ({ lead }: Fixture, id: string) => (await lead.api('GET', `/api/records/${id}`)).card.stage;

test('a resting finger lifts a card and carries it over the edge into the next column', async ({
  browser,
  fixture,
}) => {
  const { id } = await recordInIntake(fixture);
  const page = await fixture.lead.open(browser, `/scopes/${fixture.scope}`, phone);
  const finger = await fingerOn(page);
  await finger.down(cardIn(page, 'intake', id).locator('.title'));
  await expect(page.locator('[data-ghost]')).toBeVisible();
  await expect(column(page, 'data')).toHaveAttribute('data-gate', 'open');
  // Just inside the edge it scrolls slowly, so that the finger is back in the middle before the next column appears.
  await finger.to({ x: 350, y: 500 });
  await page.waitForFunction(() => document.querySelector('[data-stage=data]')!.getBoundingClientRect().left < 120);
  await finger.to({ x: 195, y: 500 });
  await expect(column(page, 'data')).toHaveClass(/aimed/);
  await finger.up();
  await expect(cardIn(page, 'data', id)).toBeVisible();
  await expect(page.locator('[data-ghost]')).toHaveCount(0);
  await expect.poll(() => stageOf(fixture, id)).toBe('data');
  await reload(page);
  await expect(cardIn(page, 'data', id)).toBeAttached();
});

test('a finger that moves immediately scrolls and lifts nothing', async ({ browser, fixture }) => {
  const { id } = await recordInIntake(fixture);
  const page = await fixture.lead.open(browser, `/scopes/${fixture.scope}`, phone);
  const finger = await fingerOn(page);
  // From its right end: the way to the left is more than half a column, so the strip snaps to the next one.
  await finger.down(cardIn(page, 'intake', id).locator('.type span').last());
  await finger.to({ x: 20, y: 400 });
  await finger.up();
  await expect(column(page, 'data')).toBeInViewport({ ratio: 0.9 });
  await expect(page.locator('[data-ghost]')).toHaveCount(0);
  expect(await stageOf(fixture, id)).toBe('intake');
});

test('a touch drop on a closed column shows why, and the card is back in its place', async ({ browser, fixture }) => {
  const { id, reference } = await recordInIntake(fixture, false);
  const page = await fixture.lead.open(browser, `/scopes/${fixture.scope}`, phone);
  const finger = await fingerOn(page);
  await finger.down(cardIn(page, 'intake', id).locator('.title'));
  await expect(page.locator('[data-switch=data]')).toHaveAttribute('data-gate', 'shut');
  const chip = (await page.locator('[data-switch=data]').boundingBox())!;
  await finger.to({ x: chip.x + chip.width / 2, y: chip.y + chip.height / 2 });
  await expect(column(page, 'data')).toContainText('Nobody owns the data');
  await finger.up();
  const panel = page.getByRole('dialog', { name: `${reference} can't move to Data` });
  await expect(panel).toContainText('Assign a data owner');
  await panel.getByRole('button', { name: 'Dismiss' }).tap();
  await expect(panel).toHaveCount(0);
  await expect(cardIn(page, 'intake', id)).toBeAttached();
  expect(await stageOf(fixture, id)).toBe('intake');
});

test('a mouse drops a card between two others of its column, and it stays there', async ({ browser, fixture }) => {
  const [first, second, third] = [
    await recordInIntake(fixture),
    await recordInIntake(fixture),
    await recordInIntake(fixture),
  ];
  const page = await fixture.lead.open(browser, `/scopes/${fixture.scope}`);
  await expect(cardIn(page, 'intake', third.id)).toBeVisible();
  expect(await order(page, 'intake')).toEqual([first.id, second.id, third.id]);
  const from = (await cardIn(page, 'intake', third.id).locator('.title').boundingBox())!;
  const between = (await cardIn(page, 'intake', second.id).boundingBox())!;
  await page.mouse.move(from.x + 20, from.y + 8);
  await page.mouse.down();
  await page.mouse.move(from.x + 24, from.y, { steps: 4 });
  await page.mouse.move(between.x + 40, between.y + 10, { steps: 8 });
  await expect(cardIn(page, 'intake', first.id)).toHaveAttribute('data-drop', 'below');
  await drop(page);
  const moved = [first.id, third.id, second.id];
  await expect.poll(() => order(page, 'intake')).toEqual(moved);
  await expect(page.locator('article.pending')).toHaveCount(0);
  await reload(page);
  await expect.poll(() => order(page, 'intake')).toEqual(moved);
});

test('a card dropped on an earlier column moves back after a reason is given', async ({ browser, fixture }) => {
  const { lead, scope } = fixture;
  const { id, reference } = await recordInIntake(fixture);
  await lead.api('POST', `/api/records/${id}/move`, { from: 'intake', to: 'data' });
  const page = await lead.open(browser, `/scopes/${scope}`);
  await expect(cardIn(page, 'data', id)).toBeVisible();
  await liftOver(page, id, 'intake');
  await drop(page);
  const dialog = page.getByRole('dialog', { name: `Move ${reference} back to Intake` });
  await dialog.getByRole('button', { name: 'Move back' }).click();
  await expect(dialog).toContainText('Give a short reason.');
  await dialog.getByLabel('Why is it moving back?').fill('Built at the other plant');
  await dialog.getByRole('button', { name: 'Move back' }).click();
  await expect(cardIn(page, 'intake', id)).toBeVisible();
  await expect(cardIn(page, 'intake', id).locator('a')).toBeFocused();
  await expect.poll(() => stageOf(fixture, id)).toBe('intake');
});

test('Escape closes a refusal, and its card remembers the reason', async ({ browser, fixture }) => {
  const { id } = await recordInIntake(fixture, false);
  const page = await fixture.lead.open(browser, `/scopes/${fixture.scope}`);
  await expect(cardIn(page, 'intake', id)).toBeVisible();
  await liftOver(page, id, 'data');
  await drop(page);
  await expect(page.getByRole('dialog')).toContainText('Assign a data owner');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await cardIn(page, 'intake', id).getByRole('button', { name: 'Why was it not moved?' }).click();
  await expect(page.getByRole('dialog')).toContainText('Assign a data owner');
});

test('a keyboard refusal takes the focus, and returns it to the card', async ({ browser, fixture }) => {
  const { id } = await recordInIntake(fixture, false);
  const page = await fixture.lead.open(browser, `/scopes/${fixture.scope}`);
  const link = cardIn(page, 'intake', id).locator('a');
  await link.press('Space');
  await link.press('ArrowRight');
  await link.press('Space');
  const panel = page.getByRole('dialog');
  await expect(panel).toContainText('Assign a data owner');
  await expect(panel).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
  await expect(link).toBeFocused();
});
