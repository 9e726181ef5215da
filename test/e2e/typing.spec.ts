import { expect, type Page } from '@playwright/test';
import { sampleVehicle } from '#shared/domain/samples/vehicle.ts';
import { cardIn, reload } from './board.ts';
import { test, type Fixture, vehiclesFrom } from './fixture.ts';

let numbers = vehiclesFrom(5100);

async function recordInIntake({ lead, owner, scope }: Fixture) {
  const { card } = await lead.api('POST', `/api/scopes/${scope}/records`, {
    data: sampleVehicle({ number: ++numbers }),
  });
  await lead.api('POST', `/api/records/${card.id}/duties`, { duty: 'dataOwner', from: null, to: owner.id });
  return card as { id: string; reference: string };
}

const composer = (page: Page) => page.getByRole('textbox', { name: 'Write a comment' });

async function discussion(page: Page) {
  await page.getByRole('tab', { name: 'Discussion' }).click();
  await expect(page.getByText('Saved')).toBeVisible();
}

/** Composes a word like an input method, and presses a key that belongs to the composition. */
async function composeAnd(page: Page, text: string, key: 'Escape' | 'Enter') {
  const session = await page.context().newCDPSession(page);
  await session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  const windowsVirtualKeyCode = key === 'Escape' ? 27 : 13;
  for (const type of ['keyDown', 'keyUp'] as const) {
    await session.send('Input.dispatchKeyEvent', { type, key, code: key, windowsVirtualKeyCode });
  }
}

test('a typed comment, reply and edit outlive Escape and a reload (fault no. 6)', async ({ browser, fixture }) => {
  const { id } = await recordInIntake(fixture);
  const page = await fixture.lead.open(browser, `/scopes/${fixture.scope}`);
  await cardIn(page, 'intake', id).locator('.reference').click();
  await discussion(page);
  await composer(page).fill('First');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('button', { name: 'Reply' }).click();
  await page.getByRole('textbox', { name: 'Write a reply' }).fill('Half a reply');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Continue your reply' })).toBeVisible();
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByRole('textbox', { name: 'Edit' }).fill('First, and half an edit');
  await composer(page).fill('Half a comment');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await cardIn(page, 'intake', id).locator('.reference').click();
  await discussion(page);
  await expect(composer(page)).toHaveValue('Half a comment');
  await reload(page);
  await discussion(page);
  await expect(composer(page)).toHaveValue('Half a comment');
  await expect(page.getByRole('textbox', { name: 'Write a reply' })).toHaveValue('Half a reply');
  await expect(page.getByRole('textbox', { name: 'Edit' })).toHaveValue('First, and half an edit');
  await composer(page).press('Control+Enter');
  await expect(composer(page)).toHaveValue('');
  await reload(page);
  await discussion(page);
  await expect(composer(page)).toHaveValue('');
});

test('Escape and Enter that end a composition neither close nor send (fault no. 16)', async ({ browser, fixture }) => {
  const { id } = await recordInIntake(fixture);
  const page = await fixture.lead.open(browser, `/scopes/${fixture.scope}/records/${id}`);
  await discussion(page);
  await composer(page).fill('Ask ');
  await composeAnd(page, 'にほん', 'Escape');
  await expect(composer(page)).toBeVisible();
  await expect(composer(page)).toHaveValue(/^Ask/);
  await page.goto(`${fixture.server.url}/scopes/${fixture.scope}`);
  await page.locator('html[data-ready]').waitFor();
  await page.getByRole('button', { name: 'New record' }).click();
  const form = page.getByRole('dialog', { name: 'New record' });
  await form.getByLabel('Type', { exact: true }).focus();
  await composeAnd(page, 'にほん', 'Escape');
  await expect(form).toBeVisible();
});

test('a dialog closes on its backdrop, not on its scrollbar or by a text selection (fault no. 15)', async ({
  browser,
  fixture,
}) => {
  await recordInIntake(fixture);
  const page = await fixture.lead.open(browser, `/scopes/${fixture.scope}`, { viewport: { width: 700, height: 300 } });
  await page.getByRole('button', { name: 'New record' }).click();
  const form = page.getByRole('dialog', { name: 'New record' });
  const box = (await form.boundingBox())!;
  const press = async (from: { x: number; y: number }, to: { x: number; y: number }) => {
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 3 });
    await page.mouse.up();
  };
  const scrollbar = { x: box.x + box.width - 4, y: box.y + box.height / 2 };
  const [inside, outside] = [
    { x: box.x + 40, y: box.y + 40 },
    { x: box.x - 20, y: box.y + 40 },
  ];
  await press(scrollbar, { ...scrollbar, y: scrollbar.y + 30 });
  await press(inside, outside);
  await expect(form).toBeVisible();
  await press(outside, outside);
  await expect(form).toBeHidden();
});

test('Ctrl+Z in an open record does not change the board below it (fault no. 23)', async ({ browser, fixture }) => {
  const { lead, scope } = fixture;
  const { id } = await recordInIntake(fixture);
  const page = await lead.open(browser, `/scopes/${scope}`);
  const card = cardIn(page, 'intake', id).locator('.reference');
  await card.focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByText('moved to Data')).toBeVisible();
  await cardIn(page, 'data', id).locator('.reference').click();
  await page.getByRole('tab', { name: 'History' }).focus();
  await page.keyboard.press('ControlOrMeta+z');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect((await lead.api('GET', `/api/records/${id}`)).card.stage).toBe('data');
});

test('Escape anywhere and continuing in a field release a card lifted by keyboard (fault no. 21)', async ({
  browser,
  fixture,
}) => {
  const { id } = await recordInIntake(fixture);
  const page = await fixture.lead.open(browser, `/scopes/${fixture.scope}`);
  const lifted = page.getByText('Esc', { exact: true });
  const lift = async () => {
    await cardIn(page, 'intake', id).locator('.reference').focus();
    await page.keyboard.press('Space');
    await expect(lifted).toBeVisible();
  };
  await lift();
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('Escape');
  await expect(lifted).toBeHidden();
  await lift();
  await page.getByRole('searchbox').click();
  await expect(lifted).toBeHidden();
  await expect(page.getByRole('searchbox')).toBeFocused();
});

test('the filter survives an open record, a reload and Escape (fault no. 43)', async ({ browser, fixture }) => {
  const { id, reference } = await recordInIntake(fixture);
  const page = await fixture.lead.open(browser, `/scopes/${fixture.scope}?text=${reference}`);
  await cardIn(page, 'intake', id).locator('.reference').click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await reload(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('searchbox')).toHaveValue(reference);
});

test('pending moves outlive an expired session and are sent after the same person signs in again (faults D3, no. 7)', async ({
  browser,
  fixture,
}) => {
  const { lead, scope } = fixture;
  const { id } = await recordInIntake(fixture);
  const page = await lead.open(browser, `/scopes/${scope}`);
  const cookies = await page.context().cookies();
  await page.route('**/api/records/*/move', (route) => route.abort());
  await cardIn(page, 'intake', id).locator('.reference').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByText('1 change is waiting')).toBeVisible();
  await page.unroute('**/api/records/*/move');
  await page.context().clearCookies();
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(page.getByText('Sign in to send 1 change.')).toBeVisible();
  page.on('dialog', (dialog) => void dialog.accept());
  await page.getByRole('status').getByRole('link', { name: 'Sign in' }).click();
  await expect(page.getByText('1 change is waiting')).toBeVisible();
  await page.context().addCookies(cookies);
  await reload(page);
  await expect(page).toHaveURL(new RegExp(`/scopes/${scope}$`));
  await expect(page.getByText('moved to Data')).toBeVisible();
  expect((await lead.api('GET', `/api/records/${id}`)).card.stage).toBe('data');
});
