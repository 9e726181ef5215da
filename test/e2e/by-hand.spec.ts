import { expect, type Page } from '@playwright/test';
import type { StageKey } from '#shared/contract/stage.ts';
import { defaultModel } from '#shared/domain/operating-model.ts';
import { textAt } from '#shared/domain/data-tree.ts';
import { sampleKinds } from '#shared/domain/samples/kinds.ts';
import { checklistTitle, stageName } from '#shared/text/names.ts';
import { visit } from './board.ts';
import { enter, enteringOf, fieldAt, paste, textsOf } from './entering.ts';
import { test, type Member } from './fixture.ts';

const coc = 'CocDataGroup';
const actualMass = `${coc}/MassGroup/ActualMass`;
const length = `${coc}/DimensionGroup/Length`;
const axles = `${coc}/AxleTable/AxleGroup`;

const kinds = [
  ['pure electric car', 'M1', 301],
  ['plug-in car', 'M1', 302],
  ['electric van', 'N2', 303],
  ['trailer', 'O2', 304],
] as const;

const asks = (page: Page, text: string) => page.locator('section.asks').getByRole('button', { name: text });

/** Ticks what a stage requires, as the person with the duty. */
async function tick(page: Page, stage: StageKey): Promise<void> {
  await page.getByRole('tab', { name: 'Checklist' }).click();
  for (const { id } of defaultModel.checklist.filter((item) => item.stage === stage && item.required)) {
    await page.getByLabel(checklistTitle(id)).check();
  }
}

async function give(page: Page, duty: string, { name }: Member): Promise<void> {
  await page.getByLabel(duty, { exact: true }).selectOption({ label: name });
}

/** Moves on with the button shown when nothing blocks, by mouse or by keyboard. */
async function moveOn(page: Page, to: StageKey, by: 'mouse' | 'keyboard' = 'mouse'): Promise<void> {
  const button = page.getByRole('button', { name: `Move to ${stageName(to)}`, exact: true });
  await expect(button).toBeEnabled();
  if (by === 'keyboard') await button.press('Enter');
  else await button.click();
  await expect(button).toBeHidden();
}

for (const [kind, category, number] of kinds) {
  test(`[P14] ${kind} (${category}): a record entered manually goes through every stage to archive`, async ({
    browser,
    fixture,
  }) => {
    test.setTimeout(180_000);
    const { lead, owner, reviewer, preparer, signatory, scope } = fixture;
    const vehicle = sampleKinds[kind](number);
    const value = (path: string) => textAt(vehicle, path)!;
    const atCreation = ['VehicleCategory', 'VehicleIdentificationNumber', 'Type'].map((name) => `${coc}/${name}`);

    // The data owner creates the record from the empty board and lands on its page.
    const owners = await owner.open(browser, `/scopes/${scope}`);
    await owners.getByRole('button', { name: 'New record' }).click();
    await owners.getByLabel('Vehicle category').selectOption(category);
    await owners.getByLabel('VIN').fill(value(atCreation[1]!));
    await owners.getByLabel('Type', { exact: true }).fill(value(atCreation[2]!));
    await owners.keyboard.press('Enter');
    await owners.waitForURL(/\/records\//);
    const id = owners.url().split('/').at(-1)!;
    const detail = () => owner.api('GET', `/api/records/${id}`);
    const open = (member: Member) => member.open(browser, `/scopes/${scope}/records/${id}`);
    const stage = (key: StageKey) => expect.poll(async () => (await detail()).card.stage).toBe(key);

    // Refused: nobody owns the data. The lead reads it, follows the link to the duties, and assigns one.
    const leads = await open(lead);
    await asks(leads, 'Nobody owns the data').click();
    await expect(leads.locator('#duties')).toBeFocused();
    await give(leads, 'Data owner', owner);
    await moveOn(owners, 'data', 'keyboard');
    await stage('data');

    // Most of it comes from a list and from sheets, the rest by keyboard.
    await owners.getByLabel('All entries').check();
    const { list, tables, typed } = enteringOf(vehicle, [...atCreation, actualMass]);
    await paste(owners, list.path, list.rows, list.changes);
    let beforeAxles = 0;
    for (const sheet of tables) {
      const { revision } = await detail();
      if (sheet.table === axles) beforeAxles = revision;
      await paste(owners, sheet.path, sheet.rows, sheet.changes);
      expect((await detail()).revision).toBe(revision + 1);
    }
    for (const [path, text] of typed) await enter(owners, path, text);

    // An invalid value is reported and kept as typed.
    await fieldAt(owners, length).fill('6200,5');
    await expect(owners.locator(`[data-entry=length][data-path="${length}"]`)).toContainText('6200,5');
    await expect(fieldAt(owners, length)).toHaveValue('6200,5');
    await fieldAt(owners, length).press('Escape');
    await expect(fieldAt(owners, length)).toHaveValue(value(length));

    // The arrow key goes from one axle's tyre to the next one's.
    const tyre = (axle: number) => fieldAt(owners, `${axles}/${axle}/TyreAxleTable/TyreAxleGroup/0/RimSize`);
    await tyre(0).focus();
    await owners.keyboard.press('ArrowRight');
    await expect(tyre(1)).toBeFocused();

    // Refused: a value is missing, the list is not ticked, nobody reviews. Each line links to the place that fixes it.
    await asks(owners, '13.2 Actual mass').click();
    await expect(fieldAt(owners, actualMass)).toBeFocused();
    await enter(owners, actualMass, value(actualMass));
    await expect(asks(owners, '13.2 Actual mass')).toHaveCount(0);
    await expect.poll(async () => textsOf((await detail()).data)).toEqual(textsOf(vehicle));
    await expect(asks(owners, 'No reviewer is assigned')).toBeVisible();
    await give(leads, 'Reviewer', reviewer);
    await expect(asks(owners, 'No reviewer is assigned')).toHaveCount(0);
    await tick(owners, 'data');
    await moveOn(owners, 'review');
    await stage('review');

    // The reviewer sees what one paste changed, accepts the present data and moves it on.
    const reviewers = await open(reviewer);
    await reviewers.getByRole('tab', { name: 'History' }).click();
    await reviewers.getByRole('tab', { name: 'Revisions of the data' }).click();
    await reviewers.getByLabel(`Compare from revision ${beforeAxles}`, { exact: true }).check();
    await reviewers.getByLabel(`Compare to revision ${beforeAxles + 1}`, { exact: true }).check();
    const mass = value(`${axles}/0/TechnicallyPermissibleMassAxle`);
    await expect(reviewers.getByRole('row').filter({ hasText: mass }).first()).toBeVisible();
    await tick(reviewers, 'review');
    await reviewers.getByRole('button', { name: /^Accept/ }).click();
    await moveOn(reviewers, 'output');
    await stage('output');

    // Refused: nobody may sign yet.
    await give(leads, 'Output preparer', preparer);
    const preparers = await open(preparer);
    await tick(preparers, 'output');
    await expect(asks(preparers, 'No signatory is assigned')).toBeVisible();
    await give(leads, 'Signatory', signatory);
    await moveOn(preparers, 'signing', 'keyboard');
    await stage('signing');

    const signatories = await open(signatory);
    await tick(signatories, 'signing');
    await moveOn(signatories, 'delivery');
    await stage('delivery');

    await tick(preparers, 'delivery');
    await moveOn(preparers, 'archive');
    await stage('archive');
    await expect(leads.getByText('This is the last stage. Nothing more is needed.')).toBeVisible();
  });
}

test('an unsaved conflicting value survives a reload, beside somebody else’s change', async ({ browser, fixture }) => {
  const { lead, scope, server } = fixture;
  const { card } = await lead.api('POST', `/api/scopes/${scope}/records`, {
    data: { CocDataGroup: { VehicleCategory: 'O2', MaximumSpeed: '100' } },
  });
  const speed = 'CocDataGroup/MaximumSpeed';
  const page = await lead.open(browser, `/scopes/${scope}/records/${card.id}`);
  await fieldAt(page, speed).fill('90');
  await lead.api('POST', `/api/records/${card.id}/edits`, { edits: [{ path: speed, from: '100', to: '80' }] });
  await expect(page.getByRole('alert').filter({ hasText: '“80”' })).toBeVisible();
  await visit(page, `${server.url}/scopes/${scope}/records/${card.id}`);
  await expect(fieldAt(page, speed)).toHaveValue('90');
  await expect(page.getByRole('alert').filter({ hasText: '“80”' })).toBeVisible();
  await page.getByRole('button', { name: 'Keep mine' }).click();
  await expect.poll(async () => textAt((await lead.api('GET', `/api/records/${card.id}`)).data, speed)).toBe('90');
});
