import { expect, type Locator, type Page } from '@playwright/test';
import { sampleVehicle } from '#shared/domain/samples/vehicle.ts';
import { cardIn } from './board.ts';
import { test, type Fixture, vehiclesFrom } from './fixture.ts';
import { fingerOn, phone } from './touch.ts';

let numbers = vehiclesFrom(2600);

/** A record in the stage data, owned by its data owner, or by nobody. */
async function recordInData({ lead, owner, scope }: Fixture, owned = true) {
  const { card } = await lead.api('POST', `/api/scopes/${scope}/records`, {
    data: sampleVehicle({ number: ++numbers }),
  });
  await lead.api('POST', `/api/records/${card.id}/duties`, { duty: 'dataOwner', from: null, to: owner.id });
  await lead.api('POST', `/api/records/${card.id}/move`, { from: 'intake', to: 'data' });
  if (!owned) {
    const body = { from: owner.id, to: null, what: null, due: null };
    await lead.api('POST', `/api/records/${card.id}/next-action`, body);
  }
  return card as { id: string; reference: string };
}

const nextAction = async ({ lead }: Fixture, id: string) =>
  (await lead.api('GET', `/api/records/${id}`)).card.nextAction;
const rail = (page: Page) => page.getByRole('complementary', { name: 'People' });
const personOf = (page: Page, { id }: { id: string }) => rail(page).locator(`li[data-person="${id}"]`);
const pile = (page: Page) => rail(page).locator('[data-person=""]');
/** The verdict that a person in the rail shows for the held card. */
const held = (page: Page) => page.locator('[data-held]');
const choice = (page: Page, { reference }: { reference: string }) =>
  page.getByRole('dialog', { name: `Hand over ${reference}` });

/** Presses the mouse on an element and holds it over another until that reacts. */
async function dragOver(page: Page, from: Locator, to: Locator, shown: () => Promise<void>): Promise<void> {
  await to.scrollIntoViewIfNeeded();
  const start = (await from.boundingBox())!;
  const end = (await to.boundingBox())!;
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
  await page.mouse.down();
  await page.mouse.move(start.x + start.width / 2 + 10, start.y + start.height / 2 + 6, { steps: 4 });
  await page.mouse.move(end.x + end.width / 2, end.y + 14, { steps: 10 });
  let sway = 0;
  await expect(async () => {
    await page.mouse.move(end.x + end.width / 2 + (sway ^= 1), end.y + 14);
    await shown();
  }).toPass();
}

const onto = (page: Page, card: { id: string }, person: Locator) =>
  dragOver(page, page.locator(`[data-card="${card.id}"] .title`), person, () =>
    expect(person).toHaveClass(/aimed/, { timeout: 500 }),
  );

test('a card dropped on a person is theirs after Enter, immediately for everybody, and one key undoes it', async ({
  browser,
  fixture,
}) => {
  const { lead, owner, scope } = fixture;
  const card = await recordInData(fixture, false);
  const page = await lead.open(browser, `/scopes/${scope}`);
  const other = await owner.open(browser, `/scopes/${scope}`);
  await expect(pile(page)).toContainText(/Unassigned\s*1/);
  await expect(personOf(page, owner)).toContainText('No next actions');
  await expect(personOf(page, owner).locator('.dot')).toBeVisible();
  await onto(page, card, personOf(page, owner));
  await expect(held(page)).toContainText(`${owner.name} Can take it`);
  await page.mouse.up();
  await expect(choice(page, card).getByLabel('What has to happen')).toHaveValue('Complete the data');
  await page.keyboard.press('Enter');
  await expect(choice(page, card)).toHaveCount(0);
  await expect(cardIn(page, 'data', card.id)).toContainText(owner.name);
  await expect(personOf(page, owner)).toContainText(`${card.reference} Complete the data`);
  await expect(pile(page)).toContainText(/Unassigned\s*0/);
  await expect(personOf(other, owner)).toContainText(`${card.reference} Complete the data`);
  await expect(pile(other)).toContainText(/Unassigned\s*0/);
  expect(await nextAction(fixture, card.id)).toMatchObject({ owner: owner.id, what: 'Complete the data' });
  await expect(cardIn(page, 'data', card.id).locator('a')).toBeFocused();
  await page.keyboard.press('Control+z');
  await expect.poll(() => nextAction(fixture, card.id)).toMatchObject({ owner: null });
  await expect(pile(page)).toContainText(/Unassigned\s*1/);
});

test('a held card shows why a person cannot take it, and the drop shows it again', async ({ browser, fixture }) => {
  const { lead, owner, observer, scope } = fixture;
  const card = await recordInData(fixture);
  const page = await lead.open(browser, `/scopes/${scope}`);
  const unfit = 'is not a data owner in this scope';
  await onto(page, card, personOf(page, observer));
  await expect(held(page)).toContainText(unfit);
  await expect(personOf(page, lead)).toContainText('Can take it');
  await page.mouse.up();
  await expect(choice(page, card).getByRole('alert')).toContainText(unfit);
  await expect(choice(page, card).getByRole('button', { name: 'Hand over' })).toBeDisabled();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(choice(page, card)).toHaveCount(0);
  expect(await nextAction(fixture, card.id)).toMatchObject({ owner: owner.id });
});

test('an absent person is marked, and takes only actions due after their return', async ({ browser, fixture }) => {
  const { lead, owner, organisation, scope } = fixture;
  const card = await recordInData(fixture, false);
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const page = await lead.open(browser, `/scopes/${scope}`);
  await expect(personOf(page, owner)).toBeVisible();
  const { absence } = await owner.api('POST', `/api/organisations/${organisation}/people/${owner.id}/absences`, {
    from: day(0),
    until: day(8),
  });
  await expect(personOf(page, owner)).toContainText('Absent until');
  await onto(page, card, personOf(page, owner));
  const shown = new Date(day(8)).toLocaleDateString('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });
  await expect(held(page)).toContainText(`This person is absent until ${shown}`);
  await page.mouse.up();
  await choice(page, card).getByLabel('Another date').fill(day(9));
  await expect(choice(page, card).getByRole('alert')).toHaveCount(0);
  await choice(page, card).getByRole('button', { name: 'Hand over' }).click();
  await expect.poll(() => nextAction(fixture, card.id)).toMatchObject({ owner: owner.id, due: day(9) });
  await personOf(page, owner)
    .getByRole('button', { name: `${owner.name}: cards and absence` })
    .click();
  await page.getByRole('button', { name: /^Remove/ }).click();
  await expect(personOf(page, owner)).not.toContainText('Absent until');
  expect(absence.until).toBe(day(8));
});

test('a person dropped on a card takes it, and the unassigned pile removes the owner', async ({ browser, fixture }) => {
  const { lead, owner, scope } = fixture;
  const card = await recordInData(fixture);
  const page = await lead.open(browser, `/scopes/${scope}`);
  const tile = cardIn(page, 'data', card.id);
  await dragOver(page, personOf(page, lead).locator('b'), tile, () =>
    expect(tile).toContainText(`${lead.name}: Can take it`, { timeout: 500 }),
  );
  await page.mouse.up();
  await choice(page, card).getByLabel('What has to happen').fill('Ask the plant');
  await choice(page, card).getByRole('button', { name: 'Friday' }).click();
  await choice(page, card).getByRole('button', { name: 'Hand over' }).click();
  await expect(personOf(page, lead)).toContainText(`${card.reference} Ask the plant`);
  await expect.poll(() => nextAction(fixture, card.id)).toMatchObject({ owner: lead.id, what: 'Ask the plant' });
  await onto(page, card, pile(page));
  await page.mouse.up();
  await choice(page, card).getByRole('button', { name: 'Leave unassigned' }).click();
  await expect(pile(page)).toContainText(/Unassigned\s*1/);
  await pile(page).getByRole('link').click();
  await expect(page).toHaveURL(/unowned=true/);
  await expect(page.getByRole('button', { name: 'Unassigned', exact: true })).toHaveAttribute('aria-pressed', 'true');
  await expect(tile).toBeVisible();
  await owner.api('POST', `/api/records/${card.id}/next-action`, {
    from: null,
    to: owner.id,
    what: null,
    due: null,
  });
  await expect(tile).toHaveCount(0);
});

test('by keyboard: A, a name, Enter, and Enter again; the list shows who can and why not', async ({
  browser,
  fixture,
}) => {
  const { lead, owner, reviewer, scope } = fixture;
  const card = await recordInData(fixture, false);
  const page = await lead.open(browser, `/scopes/${scope}`);
  const link = cardIn(page, 'data', card.id).locator('a');
  await link.press('a');
  const who = choice(page, card).getByRole('combobox', { name: 'Who' });
  await expect(who).toBeFocused();
  await page.keyboard.type('che');
  await expect(choice(page, card).getByRole('option')).toHaveCount(1);
  await expect(choice(page, card).getByRole('option', { selected: true })).toContainText(
    `${reviewer.name} This person is not a data owner`,
  );
  await who.fill('');
  await page.keyboard.press('ArrowDown');
  await expect(choice(page, card).getByRole('option', { selected: true })).toContainText(`${owner.name} Can take it`);
  await page.keyboard.press('Enter');
  await expect(choice(page, card).getByLabel('What has to happen')).toBeFocused();
  await page.keyboard.type('Look at the masses');
  await page.keyboard.press('Enter');
  await expect(choice(page, card)).toHaveCount(0);
  await expect(link).toBeFocused();
  await expect.poll(() => nextAction(fixture, card.id)).toMatchObject({ owner: owner.id, what: 'Look at the masses' });
});

test('a refusal of the server is shown on its card', async ({ browser, fixture }) => {
  const { lead, owner, scope } = fixture;
  const card = await recordInData(fixture, false);
  const page = await lead.open(browser, `/scopes/${scope}`);
  await cardIn(page, 'data', card.id).locator('a').press('a');
  await page.keyboard.type(owner.name);
  await page.keyboard.press('Enter');
  // They received it elsewhere while the choice was open here.
  await owner.api('POST', `/api/records/${card.id}/next-action`, {
    from: null,
    to: owner.id,
    what: 'taken elsewhere',
    due: null,
  });
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: `${card.reference} was changed by somebody else` })).toBeVisible();
  expect(await nextAction(fixture, card.id)).toMatchObject({ what: 'taken elsewhere' });
});

test('on a phone a lifted card shows the people, and a finger gives it to one of them', async ({
  browser,
  fixture,
}) => {
  const { lead, owner, observer, scope } = fixture;
  const card = await recordInData(fixture, false);
  const page = await lead.open(browser, `/scopes/${scope}`, phone);
  await page.locator('[data-switch=data]').tap();
  const tile = cardIn(page, 'data', card.id);
  await expect(tile).toBeInViewport({ ratio: 0.9 });
  await expect(rail(page)).toBeHidden();
  const finger = await fingerOn(page);
  await finger.down(tile.locator('.title'));
  await expect(personOf(page, owner)).toBeVisible();
  const middle = async (of: Locator) => {
    const box = (await of.boundingBox())!;
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  await finger.to(await middle(personOf(page, owner)));
  await expect(rail(page)).toContainText(`${owner.name}. Can take it`);
  await finger.up();
  await expect(page.locator('[data-ghost]')).toHaveCount(0);
  await choice(page, card).getByRole('button', { name: 'Hand over' }).tap();
  await expect.poll(() => nextAction(fixture, card.id)).toMatchObject({ owner: owner.id });
  await expect(rail(page)).toBeHidden();

  await page.getByRole('search').getByRole('button', { name: 'People' }).tap();
  await expect(personOf(page, owner)).toContainText(card.reference);
  await expect(personOf(page, observer)).toBeVisible();
});

test('on a phone a person is dragged from the sheet onto a card', async ({ browser, fixture }) => {
  const { lead, owner, scope } = fixture;
  const card = await recordInData(fixture, false);
  const page = await lead.open(browser, `/scopes/${scope}`, phone);
  await page.locator('[data-switch=data]').tap();
  const tile = cardIn(page, 'data', card.id);
  await expect(tile).toBeInViewport({ ratio: 0.9 });
  await page.getByRole('search').getByRole('button', { name: 'People' }).tap();
  const finger = await fingerOn(page);
  await finger.down(personOf(page, owner).locator('b'));
  await expect(page.locator('[data-ghost]')).toBeVisible();
  const box = (await tile.boundingBox())!;
  await finger.to({ x: box.x + 80, y: box.y + 30 });
  await expect(tile).toContainText(`${owner.name}: Can take it`);
  await finger.up();
  await choice(page, card).getByRole('button', { name: 'Hand over' }).tap();
  await expect.poll(() => nextAction(fixture, card.id)).toMatchObject({ owner: owner.id });
});

test('several selected cards go to one person, each judged separately', async ({ browser, fixture }) => {
  const { lead, owner, scope } = fixture;
  const cards = [await recordInData(fixture, false), await recordInData(fixture, false)];
  const { card: intake } = await lead.api('POST', `/api/scopes/${scope}/records`, {
    data: sampleVehicle({ number: ++numbers }),
  });
  const page = await lead.open(browser, `/scopes/${scope}`);
  for (const { id } of [...cards, intake]) {
    await page.locator(`[data-card="${id}"] a`).click({ modifiers: ['ControlOrMeta'] });
  }
  await onto(page, cards[0]!, personOf(page, owner));
  await expect(held(page)).toContainText('Can take 2 of 3');
  await page.mouse.up();
  await page.getByRole('dialog', { name: 'Hand over 3 records' }).getByRole('button', { name: 'Hand over' }).click();
  for (const { id } of cards) await expect.poll(() => nextAction(fixture, id)).toMatchObject({ owner: owner.id });
  expect(await nextAction(fixture, intake.id)).toMatchObject({ owner: null });
  await expect(page.locator('.result')).toContainText('is not a lead');
});

test('the rail collapses to avatars, remembers it, and still takes cards', async ({ browser, fixture }) => {
  const { lead, owner, scope } = fixture;
  const card = await recordInData(fixture, false);
  const page = await lead.open(browser, `/scopes/${scope}`);
  await rail(page).getByRole('button', { name: 'Hide people' }).click();
  await page.reload();
  await page.locator('html[data-ready]').waitFor();
  await expect(rail(page).getByRole('button', { name: 'Show people' })).toBeVisible();
  await onto(page, card, personOf(page, owner));
  await page.mouse.up();
  await page.keyboard.press('Enter');
  await expect.poll(() => nextAction(fixture, card.id)).toMatchObject({ owner: owner.id });
});
