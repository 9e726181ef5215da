import { expect, type Page } from '@playwright/test';
import { sampleVehicle } from '#shared/domain/samples/vehicle.ts';
import { cardIn, drop, liftOver } from './board.ts';
import { proxyFaults, startProxy, type Proxy } from './proxy.ts';
import { test as base, type Member, type Fixture, vehiclesFrom } from './fixture.ts';

let numbers = vehiclesFrom(4300);

/** A proxy in front of the server of the scene, and pages that reach the server only through it. */
const test = base.extend<{ gateway: Proxy; open: (member: Member, path: string) => Promise<Page> }>({
  gateway: async ({ fixture }, use) => {
    const proxy = await startProxy(fixture.server.url);
    await use(proxy);
    await proxy.close();
  },
  open: async ({ fixture, gateway, browser }, use) => {
    const { url } = fixture.server;
    await use(async (member, path) => {
      const page = await member.open(browser, '/sign-in');
      await page.goto(gateway.url + path);
      await page.locator('html[data-ready]').waitFor();
      expect(new URL(page.url()).origin).not.toBe(url);
      return page;
    });
  },
});

async function recordInIntake({ lead, owner, scope }: Fixture) {
  const { card } = await lead.api('POST', `/api/scopes/${scope}/records`, {
    data: sampleVehicle({ number: ++numbers }),
  });
  await lead.api('POST', `/api/records/${card.id}/duties`, { duty: 'dataOwner', from: null, to: owner.id });
  return card as { id: string; reference: string };
}

/** The number of such events in the trail. */
async function times({ lead, scope }: Fixture, kind: string, record?: string): Promise<number> {
  const { events } = await lead.api('GET', `/api/scopes/${scope}/events?after=0`);
  return (events as { kind: string; record: { id: string } | null }[]).filter(
    (event) => event.kind === kind && (record === undefined || event.record?.id === record),
  ).length;
}

/** The person returns to the window: pending operations are retried immediately unless a Retry-After applies. */
const checkAgain = (page: Page) => page.evaluate(() => window.dispatchEvent(new Event('focus')));

for (const [name, fault] of Object.entries(proxyFaults)) {
  test(`${name}: a move is retried and runs once (faults D3, no. 13)`, async ({ fixture, gateway, open }) => {
    // When a connection closes without an answer, the browser itself retries once.
    test.slow(name.includes('silence'));
    const { id } = await recordInIntake(fixture);
    const page = await open(fixture.lead, `/scopes/${fixture.scope}`);
    gateway.fault(({ url }) => url!.endsWith('/move'), fault);
    await liftOver(page, id, 'data');
    await drop(page);
    await expect(page.getByText('1 change is waiting and will be sent when the connection is back')).toBeVisible({
      timeout: 40_000,
    });
    await expect(cardIn(page, 'data', id)).toBeVisible();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    expect(gateway.met).toBeGreaterThan(0);
    gateway.fault(() => false, null);
    await checkAgain(page);
    await expect(page.getByText('moved to Data')).toBeVisible({ timeout: 40_000 });
    await expect(page.getByText('1 change is waiting')).toBeHidden();
    expect(await times(fixture, 'record.moved', id)).toBe(1);
  });

  test(`${name}: a new record is created once (fault no. 14)`, async ({ fixture, gateway, open }) => {
    test.slow(name.includes('silence'));
    await recordInIntake(fixture);
    const page = await open(fixture.lead, `/scopes/${fixture.scope}`);
    await page.getByRole('button', { name: 'New record' }).click();
    const form = page.getByRole('dialog', { name: 'New record' });
    await form.getByLabel('Category').selectOption('M1');
    await form.getByLabel('Type', { exact: true }).fill('Fjord');
    gateway.fault(({ method, url }) => method === 'POST' && url!.endsWith('/records'), fault);
    await form.getByRole('button', { name: 'Create' }).click();
    await expect(form.getByText('it is not known whether this was done')).toBeVisible({ timeout: 40_000 });
    // Other content under the same operation id would get the answer of the first.
    await expect(form.getByLabel('Category')).toHaveAttribute('inert');
    gateway.fault(() => false, null);
    await form.getByRole('button', { name: 'Create' }).click();
    await expect(page).toHaveURL(/\/records\//, { timeout: 30_000 });
    expect(await times(fixture, 'record.created')).toBe(2);
  });
}

test('a proxy without WebSocket upgrades is reported, and others’ moves still show (fault no. 25)', async ({
  fixture,
  gateway,
  open,
}) => {
  const { id } = await recordInIntake(fixture);
  gateway.upgrades(false);
  const page = await open(fixture.lead, `/scopes/${fixture.scope}`);
  await expect(page.getByText('Live updates are blocked')).toBeVisible({ timeout: 40_000 });
  await fixture.lead.api('POST', `/api/records/${id}/move`, { from: 'intake', to: 'data' });
  await expect(cardIn(page, 'data', id)).toBeVisible({ timeout: 15_000 });
  gateway.upgrades(true);
  await expect(page.getByText('Live updates are blocked')).toBeHidden({ timeout: 15_000 });
});

test('a comment written while the sockets are cut is kept and stored once', async ({ fixture, gateway, open }) => {
  const { id } = await recordInIntake(fixture);
  const page = await open(fixture.lead, `/scopes/${fixture.scope}/records/${id}`);
  await page.getByRole('tab', { name: 'Discussion' }).click();
  await expect(page.getByText('Saved')).toBeVisible();
  gateway.upgrades(false);
  await expect(page.getByText('Offline', { exact: true })).toBeVisible();
  await page.getByRole('textbox', { name: 'Write a comment' }).fill('Behind the proxy');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByText('Offline: 1 change waiting')).toBeVisible();
  gateway.upgrades(true);
  await expect(page.getByText('Saved')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('Behind the proxy')).toHaveCount(1);
});

test('a page that the server could not answer reloads by itself (fault no. 3)', async ({ fixture, gateway, open }) => {
  const { reference } = await recordInIntake(fixture);
  const page = await open(fixture.lead, `/scopes/${fixture.scope}/people`);
  gateway.fault(({ url }) => url!.startsWith('/api/scopes/'), proxyFaults['JSON of a gateway with 503']!);
  await page.getByRole('link', { name: 'Board', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'The server is unavailable' })).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`/scopes/${fixture.scope}$`));
  gateway.fault(() => false, null);
  await expect(page.getByText(reference)).toBeVisible({ timeout: 15_000 });
});
