import { expect } from '@playwright/test';
import { sampleVehicle } from '#shared/domain/samples/vehicle.ts';
import { cardIn, reload } from './board.ts';
import { test, type Fixture, vehiclesFrom } from './fixture.ts';

let numbers = vehiclesFrom(200);

async function recordInData({ lead, owner, scope }: Fixture) {
  const { card } = await lead.api('POST', `/api/scopes/${scope}/records`, {
    data: sampleVehicle({ number: ++numbers }),
  });
  await lead.api('POST', `/api/records/${card.id}/duties`, { duty: 'dataOwner', from: null, to: owner.id });
  await lead.api('POST', `/api/records/${card.id}/move`, { from: 'intake', to: 'data' });
  return card as { id: string; reference: string };
}

test('a card moves by keyboard alone, with its verdicts announced', async ({ browser, fixture }) => {
  const { lead, owner, scope } = fixture;
  const { card } = await lead.api('POST', `/api/scopes/${scope}/records`, {
    data: sampleVehicle({ number: ++numbers }),
  });
  await lead.api('POST', `/api/records/${card.id}/duties`, { duty: 'dataOwner', from: null, to: owner.id });
  const page = await lead.open(browser, `/scopes/${scope}`);
  await page.locator(`[data-card="${card.id}"] a`).focus();
  await page.keyboard.press('Space');
  await expect(page.locator('p[aria-live=assertive]')).toContainText(`${card.reference} lifted`);
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('p[aria-live=assertive]')).toContainText('Data');
  await page.keyboard.press('Space');
  await expect(cardIn(page, 'data', card.id)).toBeVisible();
  await expect(cardIn(page, 'data', card.id).locator('a')).toBeFocused();
  await expect.poll(async () => (await lead.api('GET', `/api/records/${card.id}`)).card.stage).toBe('data');
});

test('comments and ticks of two people converge, and persist', async ({ browser, fixture }) => {
  const { lead, owner, scope } = fixture;
  const { id } = await recordInData(fixture);
  const path = `/scopes/${scope}/records/${id}`;
  const [one, two] = [await lead.open(browser, path), await owner.open(browser, path)];
  for (const page of [one, two]) await page.getByRole('tab', { name: 'Discussion' }).click();
  await one.getByRole('textbox', { name: 'Write a comment' }).fill('Which weighbridge?');
  await one.getByRole('button', { name: 'Send' }).click();
  await expect(two.getByText('Which weighbridge?')).toBeVisible();
  await two.getByRole('textbox', { name: 'Write a comment' }).fill('The one at gate 3.');
  await two.getByRole('button', { name: 'Send' }).click();
  await expect(one.getByText('The one at gate 3.')).toBeVisible();
  for (const page of [one, two]) await page.getByRole('tab', { name: 'Checklist' }).click();
  await one.getByLabel('Data taken from the released source').check();
  await two.getByLabel('Checked against the production order').check();
  for (const page of [one, two]) {
    await expect(page.getByLabel('Data taken from the released source')).toBeChecked();
    await expect(page.getByLabel('Checked against the production order')).toBeChecked();
    await expect(page.getByText('Saved')).toBeVisible();
  }
  await reload(one);
  await one.getByRole('tab', { name: 'Discussion' }).click();
  await expect(one.getByText('The one at gate 3.')).toBeVisible();
});

test('two browsers converge although one of them lost its network in between', async ({ browser, fixture }) => {
  const { lead, owner, scope } = fixture;
  const cards = [await recordInData(fixture), await recordInData(fixture)];
  const leadPage = await lead.open(browser, `/scopes/${scope}`);
  const away = await owner.open(browser, `/scopes/${scope}`);
  for (const { id } of cards) for (const page of [leadPage, away]) await expect(cardIn(page, 'data', id)).toBeVisible();
  await away.context().setOffline(true);
  await lead.api('POST', `/api/records/${cards[0]!.id}/move`, { from: 'data', to: 'intake', reason: 'Wrong plant' });
  await expect(cardIn(leadPage, 'intake', cards[0]!.id)).toBeVisible();
  await expect(cardIn(away, 'data', cards[0]!.id)).toBeVisible();
  await away.context().setOffline(false);
  await expect(cardIn(away, 'intake', cards[0]!.id)).toBeVisible({ timeout: 30_000 });
  const picture = (page: typeof leadPage) =>
    page
      .locator('section[data-stage]')
      .evaluateAll((columns) =>
        columns.map((one) =>
          [...one.querySelectorAll('[data-card]')].map((card) => card.getAttribute('data-card')).sort(),
        ),
      );
  expect(await picture(away)).toEqual(await picture(leadPage));
});

test('after killing the server nothing acknowledged is lost, and both browsers continue', async ({
  browser,
  fixture,
}) => {
  const { lead, owner, scope, server } = fixture;
  const { id } = await recordInData(fixture);
  const page = await owner.open(browser, `/scopes/${scope}/records/${id}`);
  await page.getByRole('tab', { name: 'Discussion' }).click();
  await page.getByRole('textbox', { name: 'Write a comment' }).fill('Before the crash');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByText('Saved')).toBeVisible();
  const acknowledged = [];
  for (let n = 0; n < 10; n++) {
    const { card } = await lead.api('POST', `/api/scopes/${scope}/records`, {
      data: sampleVehicle({ number: ++numbers }),
    });
    acknowledged.push(card.id);
  }
  await server.kill();
  await server.restart();
  const { columns } = await lead.api('GET', `/api/scopes/${scope}/board`);
  const stored = columns.flatMap(({ cards }: { cards: { id: string }[] }) => cards.map((card) => card.id));
  expect(stored).toEqual(expect.arrayContaining(acknowledged));
  await page.getByRole('textbox', { name: 'Write a comment' }).fill('After the crash');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByText('Saved')).toBeVisible({ timeout: 30_000 });
  await reload(page);
  await page.getByRole('tab', { name: 'Discussion' }).click();
  await expect(page.getByText('Before the crash')).toBeVisible();
  await expect(page.getByText('After the crash')).toBeVisible();
});
