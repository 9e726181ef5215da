import { expect } from '@playwright/test';
import { test } from './fixture.ts';
import { violations } from './page-faults.ts';

test('without script the sign-in form works, and no password appears in an address (fault P2)', async ({
  fixture,
  browser,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const addresses: string[] = [];
  context.on('request', (request) => addresses.push(request.url()));
  const { url } = fixture.server;

  await page.goto(`${url}/sign-in?from=/scopes/${fixture.scope}`);
  await page.getByLabel('E-mail').fill(fixture.lead.email);
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('Wrong e-mail or password')).toBeVisible();
  await page.getByLabel('E-mail').fill(fixture.lead.email);
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(`${url}/scopes/${fixture.scope}`);
  await expect(page.getByRole('heading', { name: /^Rollout/ }).first()).toBeVisible();
  expect(addresses.filter((address) => /password|horse|not%20the/.test(address))).toEqual([]);
});

test('every form with a secret is sent in the body, with and without script (fault P2)', async ({
  fixture,
  browser,
}) => {
  const { link } = await fixture.lead.api('POST', `/api/organisations/${fixture.organisation}/invitations`, {
    email: `joining-${Date.now()}@works.example`,
    admin: false,
    scope: null,
    duties: [],
  });
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  for (const address of [`${fixture.server.url}/sign-in`, new URL(new URL(link).pathname, fixture.server.url).href]) {
    await page.goto(address);
    const forms = page.locator('form:has(input[type=password])');
    await expect(forms).toHaveCount(1);
    expect(await forms.evaluate((form: HTMLFormElement) => form.method)).toBe('post');
  }
  await page.getByLabel('Your name').or(page.getByLabel('Name')).first().fill('Without Script');
  await page.getByLabel('Password', { exact: true }).fill('a secret of mine');
  await page.getByRole('button', { name: 'Join' }).click();
  expect(page.url()).not.toContain('secret');
});

test('no page can be framed, and a script outside the build does not run (fault S11)', async ({ fixture, browser }) => {
  const context = await browser.newContext();
  const stopped: string[] = [];
  context.on('console', (message) => void stopped.push(message.text()));
  const page = await context.newPage();
  await page.goto(`${fixture.server.url}/sign-in`);
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.title = "injected"';
    document.body.append(script);
    const frame = document.createElement('iframe');
    frame.src = '/sign-in';
    document.body.append(frame);
    return document.title;
  });
  expect(ran).not.toBe('injected');
  await expect
    .poll(() => stopped.filter((text) => /content security policy|x-frame-options/i.test(text)).length)
    .toBeGreaterThan(1);
});

test('the pages themselves violate no policy (fault S11)', async ({ fixture, browser }) => {
  const page = await fixture.lead.open(browser, `/scopes/${fixture.scope}`);
  for (const tab of [
    'exceptions',
    'approvals',
    'approvals/new',
    'activity',
    'people',
    'rules',
    'waivers',
    'import',
    'standup',
  ]) {
    await page.goto(`${fixture.server.url}/scopes/${fixture.scope}/${tab}`);
    await page.waitForLoadState('networkidle');
  }
  await page.goto(`${fixture.server.url}/scopes/${fixture.scope}`);
  await page.keyboard.press('Control+k');
  await page.waitForTimeout(300);
  expect(violations).toEqual([]);
});
