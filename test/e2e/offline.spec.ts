import { expect, type Page } from '@playwright/test';
import { sampleVehicle } from '#shared/domain/samples/vehicle.ts';
import { reload } from './board.ts';
import { test, type Fixture, vehiclesFrom } from './fixture.ts';

let numbers = vehiclesFrom(3400);

async function recordInData({ lead, owner, scope }: Fixture) {
  const { card } = await lead.api('POST', `/api/scopes/${scope}/records`, {
    data: sampleVehicle({ number: ++numbers }),
  });
  await lead.api('POST', `/api/records/${card.id}/duties`, { duty: 'dataOwner', from: null, to: owner.id });
  await lead.api('POST', `/api/records/${card.id}/move`, { from: 'intake', to: 'data' });
  return card as { id: string; reference: string };
}

const tab = (page: Page, name: string) => page.getByRole('tab', { name }).click();

async function write(page: Page, text: string) {
  await page.getByRole('textbox', { name: 'Write a comment' }).fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
}

async function goOffline(page: Page) {
  await expect(page.getByText('Saved')).toBeVisible();
  await page.context().setOffline(true);
  await expect(page.getByText('Offline', { exact: true })).toBeVisible();
}

test('comments and ticks made offline reach the others after reconnecting', async ({ browser, fixture }) => {
  const { lead, owner, scope } = fixture;
  const { id } = await recordInData(fixture);
  const path = `/scopes/${scope}/records/${id}`;
  const [away, leadPage] = [await owner.open(browser, path), await lead.open(browser, path)];
  for (const page of [away, leadPage]) await tab(page, 'Discussion');
  await goOffline(away);
  await write(away, 'Written in the tunnel');
  await tab(away, 'Checklist');
  await away.getByLabel('Data taken from the released source').check();
  await expect(away.getByText('Offline: 2 changes waiting')).toBeVisible();
  await expect(leadPage.getByText('Written in the tunnel')).toBeHidden();
  await away.context().setOffline(false);
  await expect(leadPage.getByText('Written in the tunnel')).toBeVisible({ timeout: 30_000 });
  await tab(leadPage, 'Checklist');
  await expect(leadPage.getByLabel('Data taken from the released source')).toBeChecked();
  await expect(away.getByText('Saved')).toBeVisible();
});

test('pending changes outlive the page and are sent from any page the person opens next', async ({
  browser,
  fixture,
}) => {
  const { lead, owner, scope } = fixture;
  const { id } = await recordInData(fixture);
  const path = `/scopes/${scope}/records/${id}`;
  const away = await owner.open(browser, path);
  await tab(away, 'Discussion');
  await goOffline(away);
  await write(away, 'Closed before it was sent');
  const context = away.context();
  await away.close();
  await context.setOffline(false);
  const board = await context.newPage();
  await board.goto(`${fixture.server.url}/scopes/${scope}`);
  const leadPage = await lead.open(browser, path);
  await tab(leadPage, 'Discussion');
  await expect(leadPage.getByText('Closed before it was sent')).toBeVisible({ timeout: 30_000 });
  await expect(board.getByRole('button', { name: /unsaved changes of yours/ })).toBeHidden();
});

test('changes no longer permitted are listed with their text, also after a reload', async ({ browser, fixture }) => {
  const { lead, reviewer, scope } = fixture;
  const { id } = await recordInData(fixture);
  const away = await reviewer.open(browser, `/scopes/${scope}/records/${id}`);
  await tab(away, 'Discussion');
  await goOffline(away);
  await write(away, 'As a reviewer I say');
  await lead.api('PUT', `/api/scopes/${scope}/people/${reviewer.id}/duties`, {
    from: reviewer.duties,
    to: ['observer'],
  });
  await away.context().setOffline(false);
  const notice = away.getByRole('status').filter({ hasText: 'This comment was not saved.' });
  await expect(notice).toContainText('As a reviewer I say', { timeout: 30_000 });
  await expect(away.locator('[id^=thread-]')).toHaveCount(0);
  await reload(away);
  await tab(away, 'Discussion');
  await expect(notice).toContainText('As a reviewer I say');
  await notice.getByRole('button', { name: 'Discard' }).click();
  await expect(notice).toBeHidden();
});

test('the keyboard alone mentions a person and links a record', async ({ browser, fixture }) => {
  const { lead, owner, scope } = fixture;
  const { id } = await recordInData(fixture);
  const other = await recordInData(fixture);
  const path = `/scopes/${scope}/records/${id}`;
  const [page, mentioned] = [await lead.open(browser, path), await owner.open(browser, path)];
  for (const one of [page, mentioned]) await tab(one, 'Discussion');
  const box = page.getByLabel('Write a comment');
  await box.focus();
  await page.keyboard.type(`Ask @${owner.name.slice(0, 3)}`);
  await expect(page.getByRole('listbox').getByRole('option', { name: owner.name })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await page.keyboard.press('Enter');
  await expect(box).toHaveValue(`Ask @${owner.name} `);
  await page.keyboard.type(`about ${other.reference}, not ABC-1`);
  await page.keyboard.press('Control+Enter');
  await expect(mentioned.getByText(`@${owner.name}`)).toBeVisible();
  const link = mentioned.getByRole('tabpanel').getByRole('link', { name: other.reference, exact: true });
  await expect(link).toHaveAttribute('href', new RegExp(other.id));
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await expect(page.getByRole('textbox', { name: 'Edit' })).toHaveValue(
    `Ask @${owner.name} about ${other.reference}, not ABC-1`,
  );
});
