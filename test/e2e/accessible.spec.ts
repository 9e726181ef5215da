import { expect } from '@playwright/test';
import { sampleVehicle } from '#shared/domain/samples/vehicle.ts';
import { a11yViolations } from './a11y-violations.ts';
import { cardIn, column, drop, liftOver, visit } from './board.ts';
import { test, type Fixture, vehiclesFrom } from './fixture.ts';

/** Disables colour transitions, which would be measured half way. */
const still = { reducedMotion: 'reduce' } as const;
const list = 'Make,Type,VIN\nNORDHAVN,SU4,YV9ECBA1PTT000901\nNORDHAVN,SU4\n';

let numbers = vehiclesFrom(900);

async function records({ lead, owner, scope }: Fixture): Promise<string[]> {
  const made: string[] = [];
  for (const without of [[], ['CocDataGroup/VehicleIdentificationNumber'], []]) {
    const { card } = await lead.api('POST', `/api/scopes/${scope}/records`, {
      data: sampleVehicle({ number: ++numbers, without }),
    });
    made.push(card.id);
  }
  const [moved, , blocked] = made;
  await lead.api('POST', `/api/records/${moved}/duties`, { duty: 'dataOwner', from: null, to: owner.id });
  await lead.api('POST', `/api/records/${moved}/move`, { from: 'intake', to: 'data' });
  await lead.api('POST', `/api/records/${blocked}/exceptions`, {
    kind: 'missingData',
    cause: 'The supplier has not confirmed the rear tyre',
    waitingFor: 'Tyre supplier',
    blocks: 'review',
    owner: owner.id,
    until: null,
  });
  return made;
}

test('the board has no accessibility violation: cards, lifted, refused, menu, moving back', async ({
  browser,
  fixture,
}) => {
  const [inData, , inIntake] = await records(fixture);
  const page = await fixture.lead.open(browser, `/scopes/${fixture.scope}`, still);
  await expect(cardIn(page, 'data', inData!)).toBeVisible();
  expect.soft(await a11yViolations(page)).toEqual({});
  await liftOver(page, inIntake!, 'data');
  await expect(column(page, 'data')).toHaveAttribute('data-gate', 'shut');
  expect.soft(await a11yViolations(page)).toEqual({});
  await drop(page);
  await expect(page.getByRole('dialog')).toBeVisible();
  expect.soft(await a11yViolations(page)).toEqual({});
  await page.keyboard.press('Escape');
  await cardIn(page, 'data', inData!)
    .getByRole('button', { name: /^Move or open/ })
    .click();
  await page.getByRole('menuitem', { name: /^Intake/ }).waitFor();
  expect.soft(await a11yViolations(page)).toEqual({});
  await page.getByRole('menuitem', { name: /^Intake/ }).click();
  await page.getByLabel('Why is it moving back?').waitFor();
  expect.soft(await a11yViolations(page)).toEqual({});
});

test('the board with a comparison, with its list, and in the past has no accessibility violation', async ({
  browser,
  fixture,
}) => {
  const [inData] = await records(fixture);
  const page = await fixture.lead.open(browser, `/scopes/${fixture.scope}?since=0`, still);
  await page.getByRole('button', { name: 'List', exact: true }).click();
  await expect(page.getByRole('complementary', { name: 'List of what changed' })).toBeVisible();
  expect.soft(await a11yViolations(page)).toEqual({});
  const { seq } = await fixture.lead.api('GET', `/api/scopes/${fixture.scope}/board`);
  await page.goto(`${fixture.server.url}/scopes/${fixture.scope}?since=${seq - 1}`);
  await expect(cardIn(page, 'data', inData!)).toHaveClass(/receding/);
  await expect(page.getByRole('region', { name: 'What changed' }).getByRole('status')).toContainText('Since');
  expect.soft(await a11yViolations(page)).toEqual({});
  await page.getByRole('button', { name: 'As of…' }).click();
  await page.getByLabel('Day and time').waitFor();
  expect.soft(await a11yViolations(page)).toEqual({});
  await page.goto(`${fixture.server.url}/scopes/${fixture.scope}?asof=${seq - 2}`);
  await page.getByRole('region', { name: 'Past board' }).waitFor();
  expect.soft(await a11yViolations(page)).toEqual({});
});

test('the record has no accessibility violation in any of its parts', async ({ browser, fixture }) => {
  const [inData] = await records(fixture);
  const page = await fixture.owner.open(browser, `/scopes/${fixture.scope}/records/${inData}`, still);
  for (const tab of await page.getByRole('tab').all()) {
    await tab.click();
    await expect(tab).toHaveAttribute('aria-selected', 'true');
    await expect(page.getByText('Loading', { exact: true })).toHaveCount(0);
    expect.soft(await a11yViolations(page)).toEqual({});
  }
});

test('import, people, activity and the list of scopes have no accessibility violation', async ({
  browser,
  fixture,
}) => {
  await records(fixture);
  const { scope, server, lead } = fixture;
  const page = await lead.open(browser, `/scopes/${scope}/import`, still);
  const file = page.locator('input[type=file]');
  expect.soft(await a11yViolations(page)).toEqual({});
  await file.setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(list) });
  await page.getByRole('button', { name: 'Map the columns' }).click();
  expect.soft(await a11yViolations(page)).toEqual({});
  await page.getByLabel('VIN').selectOption({ label: '0.10 Vehicle identification number' });
  await page.getByRole('button', { name: 'Save and read the file again' }).click();
  await expect(page.getByRole('tab', { name: /^Cannot be created/ })).toBeVisible();
  await expect(page.getByText('The row has 2 cells')).toBeVisible();
  expect.soft(await a11yViolations(page)).toEqual({});

  await visit(page, `${server.url}/scopes/${scope}/people`);
  expect.soft(await a11yViolations(page)).toEqual({});
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  await page.getByRole('button', { name: 'Create invitation link' }).click();
  await expect(page.getByText('Fill in this field.')).toBeVisible();
  expect.soft(await a11yViolations(page)).toEqual({});

  await visit(page, `${server.url}/scopes/${scope}/activity`);
  expect.soft(await a11yViolations(page)).toEqual({});
  await visit(page, `${server.url}/?all`);
  expect.soft(await a11yViolations(page)).toEqual({});
  await page.getByRole('button', { name: /^Your account/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
  expect.soft(await a11yViolations(page)).toEqual({});
});

test('standup, exceptions and inbox have no accessibility violation', async ({ browser, fixture }) => {
  await records(fixture);
  const { scope, server, lead } = fixture;
  const page = await lead.open(browser, `/scopes/${scope}/exceptions`, still);
  expect.soft(await a11yViolations(page)).toEqual({});
  await visit(page, `${server.url}/scopes/${scope}/exceptions?view=ledger`);
  expect.soft(await a11yViolations(page)).toEqual({});
  await visit(page, `${server.url}/inbox`);
  await expect(page.getByRole('heading', { name: 'Inbox', exact: true })).toBeVisible();
  expect.soft(await a11yViolations(page)).toEqual({});
  await visit(page, `${server.url}/inbox/choices`);
  expect.soft(await a11yViolations(page)).toEqual({});
  await visit(page, `${server.url}/scopes/${scope}/standup`);
  expect.soft(await a11yViolations(page)).toEqual({});
  await page.getByRole('button', { name: 'Start standup' }).click();
  await expect(page.getByRole('button', { name: 'End standup' })).toBeVisible();
  expect.soft(await a11yViolations(page)).toEqual({});
});

test('signing in has no accessibility violation, with and without an error', async ({ browser, fixture }) => {
  const page = await browser.newPage(still);
  await visit(page, `${fixture.server.url}/sign-in`);
  expect.soft(await a11yViolations(page)).toEqual({});
  await page.getByLabel('E-mail').fill('nobody@works.example');
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  expect.soft(await a11yViolations(page)).toEqual({});
  await page.close();
});
