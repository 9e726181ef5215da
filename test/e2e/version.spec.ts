import { expect, type Page } from '@playwright/test';
import { test, type Fixture } from './fixture.ts';

const parts = '**/_app/immutable/**';

async function withoutParts({ lead, scope }: Fixture, browser: Parameters<typeof lead.open>[0]): Promise<Page> {
  // Parts in the browser cache would load without the network.
  const page = await lead.open(browser, `/scopes/${scope}/people`, { serviceWorkers: 'block' });
  await page.route(parts, (route) => route.abort());
  return page;
}

const account = (page: Page) => page.getByRole('button', { name: 'Your account' });

test('a page older than the server says so and reloads when a part of it is missing (fault no. 5)', async ({
  browser,
  fixture,
}) => {
  const page = await withoutParts(fixture, browser);
  await page.route('**/_app/version.json', (route) => route.fulfill({ json: { version: 'newer' } }));
  await account(page).hover();
  await expect(page.getByText('A new version of the board is available')).toBeVisible();
  const loaded = page.waitForEvent('load');
  await account(page).click();
  await page.unroute(parts);
  await page.unroute('**/_app/version.json');
  await loaded;
  await page.locator('html[data-ready]').waitFor();
  await account(page).click();
  await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible();
});

test('a page older than the server keeps an open dialog, and offers to reload (fault no. 5)', async ({
  browser,
  fixture,
}) => {
  const page = await withoutParts(fixture, browser);
  await page.route('**/_app/version.json', (route) => route.fulfill({ json: { version: 'newer' } }));
  await page.getByRole('button', { name: 'Invite' }).click();
  await page.getByLabel('E-mail').fill('new@works.example');
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(page.getByText('A new version of the board is available')).toBeAttached();
  await expect(page.getByLabel('E-mail')).toHaveValue('new@works.example');
});

test('a menu first opened without the network says why, and opens on the next press (fault no. 41)', async ({
  browser,
  fixture,
}) => {
  const page = await withoutParts(fixture, browser);
  await account(page).click();
  await expect(page.getByText('Part of this page could not be loaded')).toBeVisible();
  await expect(account(page)).toHaveAttribute('aria-expanded', 'false');
  await page.unroute(parts);
  await account(page).click();
  await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible();
  await expect(page.getByText('Part of this page could not be loaded')).toBeHidden();
});

test('a page first opened without the network says that the server cannot be reached (fault no. 41)', async ({
  browser,
  fixture,
}) => {
  const page = await withoutParts(fixture, browser);
  await page.context().setOffline(true);
  await page.getByRole('link', { name: 'Rules' }).click();
  await expect(page.getByRole('heading', { name: 'The server is unavailable' })).toBeVisible();
  await expect(page.getByText('The server cannot be reached')).toBeVisible();
  await page.unroute(parts);
  await page.context().setOffline(false);
  await expect(page.getByRole('heading', { name: 'Rules' })).toBeVisible({ timeout: 15_000 });
});
