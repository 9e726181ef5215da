import { expect } from '@playwright/test';
import { sampleVehicle } from '#shared/domain/samples/vehicle.ts';
import { cardIn, column, visit } from './board.ts';
import { test, type Fixture, vehiclesFrom } from './fixture.ts';

let numbers = vehiclesFrom(2800);
const still = { reducedMotion: 'reduce' } as const;

async function newRecord({ lead, scope }: Fixture) {
  const { card } = await lead.api('POST', `/api/scopes/${scope}/records`, {
    data: sampleVehicle({ number: ++numbers }),
  });
  return card as { id: string; reference: string; vin: string };
}

test('in print the board has every loaded card and no people, the record every entry and no board (fault no. 26)', async ({
  browser,
  fixture,
}) => {
  const cards = [];
  for (let made = 0; made < 14; made++) cards.push(await newRecord(fixture));
  const page = await fixture.lead.open(browser, `/scopes/${fixture.scope}`, still);
  await expect(cardIn(page, 'intake', cards[0]!.id)).toBeVisible();
  const shown = () => page.locator('section[data-stage=intake] article').count();
  expect(await shown()).toBeLessThan(14);
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print' });
  expect(await shown()).toBe(14);
  await expect(page.getByRole('complementary', { name: 'People' })).toBeHidden();
  for (const stage of ['intake', 'archive'] as const) {
    const { x, width } = (await column(page, stage).boundingBox())!;
    expect(x + width).toBeLessThanOrEqual(1440);
  }
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await page.emulateMedia({ media: 'screen' });
  await expect.poll(shown).toBeLessThan(14);

  await visit(page, `${fixture.server.url}/scopes/${fixture.scope}/records/${cards[0]!.id}`);
  await page.emulateMedia({ media: 'print' });
  await expect(column(page, 'intake')).toBeHidden();
  const sheet = page.getByRole('dialog').first();
  const whole = await sheet.evaluate((element) => element.scrollHeight <= element.clientHeight + 1);
  expect(whole).toBe(true);
});

test('at double text size a small screen fits the name of the scope and a readable card (fault no. 42)', async ({
  browser,
  fixture,
}) => {
  const { id } = await newRecord(fixture);
  const page = await fixture.lead.open(browser, `/scopes/${fixture.scope}`, {
    ...still,
    viewport: { width: 640, height: 360 },
  });
  const card = cardIn(page, 'intake', id);
  await card.scrollIntoViewIfNeeded();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(640);
  expect((await page.getByRole('heading', { level: 1 }).boundingBox())!.width).toBeGreaterThan(80);
  await expect(card).toBeInViewport({ ratio: 1 });
});

test('in forced colours the selection and each card are distinguishable (fault no. 42)', async ({
  browser,
  fixture,
}) => {
  const { id } = await newRecord(fixture);
  const page = await fixture.lead.open(browser, `/scopes/${fixture.scope}?mine=true`, {
    ...still,
    forcedColors: 'active',
  });
  const colour = (name: string, property: 'backgroundColor' | 'borderBottomColor', pressed: boolean) =>
    page
      .getByRole(property === 'backgroundColor' ? 'button' : 'link', { name, exact: true })
      .evaluate((element, one) => getComputedStyle(element)[one], property)
      .then((found) => ({ found, pressed }));
  const [on, off] = [
    await colour('My turn', 'backgroundColor', true),
    await colour('Blocked', 'backgroundColor', false),
  ];
  expect(on.found).not.toBe(off.found);
  const [leadPage, there] = [
    await colour('Board', 'borderBottomColor', true),
    await colour('Rules', 'borderBottomColor', false),
  ];
  expect(leadPage.found).not.toBe(there.found);
  await page.getByRole('button', { name: 'My turn' }).click();
  const edge = await cardIn(page, 'intake', id).evaluate((element) => getComputedStyle(element).borderTopWidth);
  expect(edge).toBe('1px');
});
