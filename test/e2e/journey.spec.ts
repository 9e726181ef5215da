import { expect } from '@playwright/test';
import { setAt } from '#shared/domain/data-tree.ts';
import { sampleVehicle } from '#shared/domain/samples/vehicle.ts';
import { iviMessage } from '#test/support/ivi-message.ts';
import { cardIn, column, drop, liftOver, reload, visit } from './board.ts';
import { test } from './fixture.ts';

test('three people take an M1 record from its file to output, with refusals on the way', async ({
  browser,
  fixture,
}) => {
  const { lead, owner, reviewer, scope } = fixture;
  const vehicle = setAt(sampleVehicle({ number: 71 }), 'CocDataGroup/MassGroup/ActualMass', null);
  const board = `/scopes/${scope}`;

  // The lead uploads the file and sees it on the board.
  const leads = await lead.open(browser, `${board}/import`);
  await leads
    .locator('input[type=file]')
    .setInputFiles({ name: 'one.xml', mimeType: 'text/xml', buffer: Buffer.from(iviMessage(vehicle)) });
  await leads.getByRole('button', { name: 'Create 1 record' }).click();
  await expect(leads.getByText('Done: 1 created')).toBeVisible();
  const { columns } = await lead.api('GET', `/api/scopes/${scope}/board`);
  const card = columns[0].cards[0];

  // The data owner watches; the lead drags, sees the refusal, assigns the duty, and drags again.
  const owners = await owner.open(browser, board);
  await expect(cardIn(owners, 'intake', card.id)).toBeVisible();
  await visit(leads, fixture.server.url + board);
  await expect(cardIn(leads, 'intake', card.id)).toBeVisible();
  await liftOver(leads, card.id, 'data');
  await expect(column(leads, 'data')).toHaveAttribute('data-gate', 'shut');
  await expect(column(leads, 'data')).toContainText('Nobody owns the data');
  await drop(leads);
  await expect(leads.getByRole('dialog')).toContainText('Assign a data owner');
  await expect(cardIn(leads, 'intake', card.id)).toBeVisible();
  await visit(leads, `${fixture.server.url}${board}/records/${card.id}`);
  await leads.getByLabel('Data owner').selectOption({ label: owner.name });
  await expect(leads.getByText('Ready to move to Data')).toBeVisible();
  await visit(leads, fixture.server.url + board);
  await liftOver(leads, card.id, 'data');
  await expect(column(leads, 'data')).toHaveAttribute('data-gate', 'open');
  await drop(leads);
  await expect(cardIn(leads, 'data', card.id)).toBeVisible();
  await expect(cardIn(owners, 'data', card.id)).toBeVisible();

  // The data owner fills the gap, ticks the list, and moves it on once a reviewer is named.
  await visit(owners, `${fixture.server.url}${board}/records/${card.id}`);
  await expect(owners.getByText('13.2 Actual mass').first()).toBeVisible();
  const field = owners.locator('[data-entry=actualMass] input');
  await field.fill('2187');
  await field.press('Enter');
  await expect(owners.getByText('13.2 Actual mass', { exact: false }).filter({ hasText: 'missing' })).toHaveCount(0);
  await owners.getByRole('tab', { name: 'Checklist' }).click();
  await owners.getByLabel('Data taken from the released source').check();
  await owners.getByLabel('Checked against the production order').check();
  await lead.api('POST', `/api/records/${card.id}/duties`, { duty: 'reviewer', from: null, to: reviewer.id });
  await owners.getByRole('button', { name: 'Move to Review' }).click();
  await expect.poll(async () => (await owner.api('GET', `/api/records/${card.id}`)).card.stage).toBe('review');

  // The reviewer reads the present revision, accepts it and moves it to output.
  const reviewers = await reviewer.open(browser, `${board}/records/${card.id}`);
  await reviewers.getByRole('tab', { name: 'Checklist' }).click();
  await reviewers.getByLabel('Approval and extension compared with the register').check();
  await reviewers.getByLabel('Masses, tyres and emissions plausible').check();
  await reviewers.getByRole('button', { name: /^Accept/ }).click();
  await reviewers.getByRole('button', { name: 'Move to Output' }).click();
  await expect.poll(async () => (await owner.api('GET', `/api/records/${card.id}`)).card.stage).toBe('output');

  // Everybody sees the same, also after a reload.
  await visit(leads, fixture.server.url + board);
  await expect(cardIn(leads, 'output', card.id)).toBeVisible();
  await reload(leads);
  await expect(cardIn(leads, 'output', card.id)).toBeVisible();
});
