import { expect } from '@playwright/test';
import { sampleVehicle } from '#shared/domain/samples/vehicle.ts';
import { cardIn } from './board.ts';
import { test, type Fixture, vehiclesFrom } from './fixture.ts';

let numbers = vehiclesFrom(3700);

async function threeRecords({ lead, owner, scope }: Fixture) {
  const made: { id: string; reference: string }[] = [];
  for (let count = 0; count < 3; count++) {
    const { card } = await lead.api('POST', `/api/scopes/${scope}/records`, {
      data: sampleVehicle({ number: ++numbers }),
    });
    await lead.api('POST', `/api/records/${card.id}/duties`, { duty: 'dataOwner', from: null, to: owner.id });
    made.push(card);
  }
  const { seq } = await lead.api('GET', `/api/scopes/${scope}/board`);
  return { made, seq: seq as number };
}

const toData = ({ lead }: Fixture, id: string) =>
  lead.api('POST', `/api/records/${id}/move`, { from: 'intake', to: 'data' });

test('the comparison shows changes, live, and the list leads to the card by keyboard alone', async ({
  browser,
  fixture,
}) => {
  const { made, seq } = await threeRecords(fixture);
  const [first, second, third] = made as [(typeof made)[0], (typeof made)[0], (typeof made)[0]];
  await toData(fixture, first.id);
  const page = await fixture.owner.open(browser, `/scopes/${fixture.scope}?since=${seq}`);
  const bar = page.getByRole('region', { name: 'What changed' });
  await expect(bar.getByRole('status')).toContainText('1 moved on');
  await expect(cardIn(page, 'data', first.id).locator('a')).toHaveAccessibleName(/Changed: Intake to Data, by /);
  await fixture.lead.api('POST', `/api/records/${second.id}/exceptions`, {
    kind: 'missingData',
    cause: 'No tyre data',
    waitingFor: null,
    blocks: 'review',
    owner: null,
    until: null,
  });
  await expect(bar.getByRole('status')).toContainText('1 moved on, 1 blocked');
  await bar.getByRole('button', { name: 'Only changed' }).press('Enter');
  await expect(cardIn(page, 'intake', third.id)).toHaveCount(0);
  await expect(cardIn(page, 'intake', second.id)).toBeVisible();
  await bar.getByRole('button', { name: 'List' }).press('Enter');
  await expect(page.getByRole('button', { name: `Show ${second.reference} on the board` })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(cardIn(page, 'data', first.id).locator('a')).toBeFocused();
});

test('a past board is read only, is stepped through by keyboard, and leads back to now', async ({
  browser,
  fixture,
}) => {
  const { made, seq } = await threeRecords(fixture);
  const { id } = made[0]!;
  await toData(fixture, id);
  const page = await fixture.lead.open(browser, `/scopes/${fixture.scope}?asof=${seq}`);
  const bar = page.getByRole('region', { name: 'Past board' });
  await expect(bar.getByRole('status')).toContainText('As of');
  const link = cardIn(page, 'intake', id).locator('a');
  await link.focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space');
  await expect(cardIn(page, 'intake', id)).toBeVisible();
  await bar.getByRole('button', { name: 'Next event' }).press('Enter');
  await expect(cardIn(page, 'data', id)).toBeVisible();
  await bar.getByRole('slider').press('Home');
  await expect(bar.getByRole('status')).toContainText('Before anything happened');
  await expect(page.locator('[data-card]')).toHaveCount(0);
  await bar.getByRole('button', { name: 'Back to now' }).press('Enter');
  await expect(cardIn(page, 'data', id)).toBeVisible();
  await toData(fixture, made[1]!.id);
  await expect(cardIn(page, 'data', made[1]!.id)).toBeVisible();
});
