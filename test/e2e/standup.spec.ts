import { expect, type Page } from '@playwright/test';
import type { Standup } from '#shared/contract/standup.ts';
import { dayAfter } from '#shared/domain/day.ts';
import { visit } from './board.ts';
import { test, type Member, type Fixture } from './fixture.ts';
import {
  agendaOf,
  expectedAgenda,
  give,
  inTurn,
  intoData,
  manyRecords,
  onTable,
  percentile,
  raise,
  release,
  shows,
  today,
  watchedIn,
  watchTable,
} from './standup-fixture.ts';
import { fingerOn, phone } from './touch.ts';

/** How long one person is offline: a minute if LONG is set. */
const offlineMs = process.env['LONG'] ? 60_000 : 15_000;
const still = { reducedMotion: 'reduce' } as const;
/** Low, so that a record is taller than the screen. */
const desk = { ...still, viewport: { width: 1200, height: 600 } } as const;

/** 300 records; about forty of them are on the agenda, for every reason a day-old scope can have. */
async function storyOf(fixture: Fixture): Promise<Standup> {
  const { lead, scope } = fixture;
  const records = await manyRecords(fixture, 300);
  await intoData(fixture, records.slice(0, 8));
  await inTurn(records.slice(20), (id) => give(lead, id, lead.id));
  await inTurn([-2, 0, 1, 5, 9, 10, 11, 40], (days, index) => release(lead, records[30 + index]!, days));
  for (const [index, severity] of ['minor', 'critical', 'major', 'major', 'critical'].entries()) {
    await raise(lead, records[40 + index]!, severity, `Cause ${index}`);
  }
  // A first standup ends before reaching its last record.
  const { standup } = await lead.api('POST', `/api/scopes/${scope}/standups`, { records: records.slice(10, 13) });
  const path = `/api/standups/${standup.id}`;
  await lead.api('POST', `${path}/items/0/outcome`, { from: null, decision: { kind: 'nothing', note: null } });
  await lead.api('POST', `${path}/walk`, { term: standup.term, from: 0, to: 1 });
  const ended = await lead.api('POST', `${path}/end`, { term: standup.term });
  for (const id of records.slice(50, 54)) await give(lead, id, lead.id);
  for (const id of records.slice(50, 52)) await give(lead, id, null);
  await raise(lead, records[54]!, 'major', 'The weighing note is missing');
  return ended.standup;
}

/** Opens the standup page and joins. */
async function join(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Join' }).click();
  await expect(page.locator('.room')).toBeVisible();
}

const decideBy = (page: Page) => page.getByRole('button', { name: 'Decide', exact: true });

/** Each way to an outcome, by its keys. */
const outcomes = {
  async nothing(page: Page) {
    await page.keyboard.press('0');
    await expect(page.getByLabel('Why (optional)')).toBeFocused();
    await page.keyboard.press('Enter');
  },
  async nextAction(page: Page, owner: Member) {
    await page.keyboard.press('n');
    await page.getByLabel('What has to happen?').fill('Ask the plant');
    await page.getByLabel('Who', { exact: true }).selectOption(owner.id);
    await page.getByRole('button', { name: 'Today', exact: true }).click();
    await decideBy(page).click();
  },
  async releaseDate(page: Page) {
    await page.keyboard.press('d');
    await page.getByLabel('Planned release').fill(dayAfter(today(), 60));
    await page.keyboard.press('Enter');
  },
  async exception(page: Page) {
    await page.keyboard.press('e');
    await page.getByLabel('Cause', { exact: true }).fill('The plant is closed');
    await decideBy(page).click();
  },
  async escalated(page: Page) {
    await page.keyboard.press('s');
    await page.getByLabel('What needs to be decided, and by whom?').fill('The authority has to answer');
    await page.keyboard.press('Enter');
  },
};

/** The decision about a page's current record. */
const outcomeOn = (page: Page) => onTable(page).locator('[data-outcome]');

/** Drags the current record by mouse onto a person. */
async function dragOnto(page: Page, person: Member): Promise<void> {
  const from = (await onTable(page).locator('header').boundingBox())!;
  const to = (await page.locator(`[data-takes="${person.id}"]`).boundingBox())!;
  await page.mouse.move(from.x + 60, from.y + 20);
  await page.mouse.down();
  await page.mouse.move(from.x + 80, from.y + 30, { steps: 3 });
  await page.mouse.move(to.x + 20, to.y + 20, { steps: 8 });
  await expect(page.locator(`[data-takes="${person.id}"]`)).toHaveClass(/over/);
  await page.mouse.up();
}

test('eight people hold a standup over 300 records', async ({ browser, fixture }) => {
  test.setTimeout(600_000);
  const { lead, owner, reviewer, preparer, signatory, observer, guests, scope } = fixture;
  const [gita, hugo] = guests;
  for (const { id, duties } of guests) {
    await lead.api('PUT', `/api/scopes/${scope}/people/${id}/duties`, { from: [], to: duties });
  }
  const last = await storyOf(fixture);

  // The agenda matches an independent computation.
  const expected = await expectedAgenda(fixture, last);
  const agenda = await lead.api('GET', `/api/scopes/${scope}/agenda`);
  const shownAgenda = agenda.items.map(({ card, reasons }: Standup['items'][number]) => ({ id: card.id, reasons }));
  expect(shownAgenda).toEqual(expected);
  expect(new Set(expected.flatMap(({ reasons }) => reasons.map(({ kind }) => kind)))).toEqual(
    new Set(['notReached', 'releaseAtRisk', 'blocked', 'unowned', 'changed']),
  );

  // The lead starts it; seven join.
  const leads = await lead.open(browser, `/scopes/${scope}/standup`, desk);
  await expect(leads.locator('ol li[data-record]')).toHaveCount(Math.min(50, expected.length));
  await leads.getByRole('button', { name: 'Start standup' }).click();
  await shows(leads, expected[0]!.id);
  const members = [owner, reviewer, preparer, signatory, observer, gita, hugo];
  const pages: Page[] = [];
  for (const member of members) {
    const page = await member.open(browser, `/scopes/${scope}/standup`, desk);
    await join(page);
    await shows(page, expected[0]!.id);
    pages.push(page);
  }
  const [owners, reviewers, preparers, , , gitas, hugos] = pages as [Page, Page, Page, Page, Page, Page, Page];
  for (const page of [leads, ...pages]) await watchTable(page);

  let leading = leads;
  let at = 0;
  /** The people who should be on the leader's record now. */
  let following = new Set(pages);
  const latencies: number[] = [];
  const onward = async () => {
    const pressed = (await watchedIn(leading)).keyAt.length;
    await leading.keyboard.press('Enter');
    const { id } = expected[++at]!;
    for (const page of [leading, ...following]) await shows(page, id);
    const from = (await watchedIn(leading)).keyAt[pressed]!;
    for (const page of following) {
      const seen = (await watchedIn(page)).shown.findLast(({ record }) => record === id)!;
      latencies.push(seen.at - from);
    }
  };
  const decided = async (by: Page, kind: string) => {
    for (const page of [by, leading, ...following]) {
      await expect(outcomeOn(page)).toHaveAttribute('data-outcome', kind);
    }
    given.set(at, kind);
  };
  const given = new Map<number, string>();

  // The leader, others, and a mouse user decide.
  await outcomes.nothing(leading);
  await decided(leading, 'nothing');
  await onward();
  await outcomes.releaseDate(leading);
  await decided(leading, 'releaseDate');
  await onward();
  await outcomes.exception(reviewers);
  await decided(reviewers, 'exception');
  await onward();
  await outcomes.escalated(preparers);
  await decided(preparers, 'escalated');
  await onward();
  await outcomes.nextAction(leading, lead);
  await decided(leading, 'nextAction');

  // Followers see the leader's reading position.
  const scrollOf = (page: Page) => page.locator('.table').evaluate(({ scrollTop }) => scrollTop);
  await leading.locator('.table').evaluate((table) => table.scrollTo(0, 90));
  await expect.poll(() => scrollOf(leading)).toBeGreaterThan(0);
  const scrolled = await scrollOf(leading);
  for (const page of following)
    await expect.poll(async () => Math.abs((await scrollOf(page)) - scrolled)).toBeLessThan(4);
  await onward();

  // One person leaves the leader's record and returns.
  await reviewers.keyboard.press('l');
  await reviewers.keyboard.press('ArrowRight');
  await shows(reviewers, expected[at + 1]!.id);
  following.delete(reviewers);
  await onward();
  await onward();
  await expect(reviewers.getByText(`${lead.name} is at`)).toBeVisible();
  await shows(reviewers, expected[at - 1]!.id);
  await reviewers.keyboard.press('f');
  await shows(reviewers, expected[at]!.id);
  following.add(reviewers);

  // One person is offline while the others continue; afterwards they are in the same place.
  await gitas.context().setOffline(true);
  const offlineSince = Date.now();
  following.delete(gitas);
  while (Date.now() - offlineSince < offlineMs && at < expected.length - 12) {
    await outcomes.nothing(leading);
    await decided(leading, 'nothing');
    await onward();
  }
  await expect(onTable(gitas)).not.toHaveAttribute('data-record', expected[at]!.id);
  await expect(gitas.getByText('No connection.')).toBeVisible();
  await expect.poll(() => Date.now() - offlineSince, { timeout: 90_000 }).toBeGreaterThan(offlineMs);
  await gitas.context().setOffline(false);
  await expect(onTable(gitas)).toHaveAttribute('data-record', expected[at]!.id, { timeout: 30_000 });
  following.add(gitas);

  // The leader's page crashes; another person takes over at the same place and continues.
  const place = at;
  await leads.context().close();
  await expect(preparers.getByText(`${lead.name} is away`)).toBeVisible();
  // Refused until the leader has been away for a while. Once it succeeds the button is gone.
  const takeOver = preparers.getByRole('button', { name: 'Take over' });
  await expect(async () => {
    if (await takeOver.isVisible()) await takeOver.click({ timeout: 1_000 });
    await expect(preparers.getByText('You lead')).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  leading = preparers;
  following = new Set(pages.filter((page) => page !== preparers));
  for (const page of pages) await shows(page, expected[place]!.id);
  await outcomes.escalated(leading);
  await decided(leading, 'escalated');
  await onward();
  const again = await lead.open(browser, `/scopes/${scope}/standup`, desk);
  await join(again);
  await shows(again, expected[at]!.id);
  await watchTable(again);
  following.add(again);

  // The data owner takes an unowned record in the data stage by dragging it onto themselves.
  const cardAt = async (position: number) => (await lead.api('GET', `/api/records/${expected[position]!.id}`)).card;
  while ((await cardAt(at)).stage !== 'data' || (await cardAt(at)).nextAction.owner !== null) await onward();
  await dragOnto(owners, owner);
  await owners.getByLabel('What has to happen?').fill('Enter the masses');
  await decideBy(owners).click();
  await decided(owners, 'nextAction');

  // All screens are equal: the place, the agenda with its marks, and the record.
  const picture = (page: Page) =>
    page.locator('.room').evaluate((room) => ({
      position: room.getAttribute('data-position'),
      marks: [...room.querySelectorAll('nav button')].map((one) => one.textContent),
      table: [...room.querySelectorAll('article header, article [data-reason], article [data-outcome]')].map(
        (one) => one.textContent,
      ),
    }));
  const one = await picture(leading);
  for (const page of following) await expect.poll(() => picture(page)).toEqual(one);

  // The end: items without an outcome are listed, and the minutes are complete.
  await leading.getByRole('button', { name: 'End standup' }).click();
  await expect(leading.getByRole('dialog')).toContainText(`${expected.length - given.size} records have no outcome`);
  await leading.getByRole('button', { name: 'End and write the minutes' }).click();
  const minutes: string[] = [];
  for (const page of [leading, ...following]) {
    await expect(page.getByRole('heading', { name: 'Minutes of the standup' })).toBeVisible();
    minutes.push(await page.locator('article.minutes').innerText());
  }
  expect(new Set(minutes).size).toBe(1);
  for (const [position, kind] of given) {
    await expect(hugos.locator(`tr[data-record="${expected[position]!.id}"]`)).toHaveAttribute('data-outcome', kind);
  }
  const id = hugos.url().split('/').at(-1)!;
  const standup: Standup = await lead.api('GET', `/api/standups/${id}`);
  expect(standup.items.flatMap(({ position, outcome }) => (outcome ? [[position, outcome.kind]] : []))).toEqual(
    [...given].toSorted(([a], [b]) => a - b),
  );
  for (const { name } of [lead, ...members]) expect(minutes[0]).toContain(name);
  const file = await hugos.request.get(`${fixture.server.url}/api/standups/${id}/minutes.md`);
  const markdown = await file.text();
  for (const position of given.keys()) expect(markdown).toContain(standup.items[position]!.card.reference);

  const late = percentile(latencies, 0.95);
  test.info().annotations.push({
    type: 'followers',
    description: `${latencies.length} steps seen, p50 ${percentile(latencies, 0.5).toFixed(0)} ms, p95 ${late.toFixed(0)} ms`,
  });
  // The measurement is in the annotation above. This bound only catches followers that stop following.
  expect(late).toBeLessThan(1_000);
});

test('a standup is held by keyboard alone', async ({ browser, fixture }) => {
  const { lead, scope } = fixture;
  await manyRecords(fixture, 4);
  const records = await agendaOf(fixture);
  const page = await lead.open(browser, `/scopes/${scope}/standup`, still);
  await page.getByRole('button', { name: 'Start standup' }).focus();
  await page.keyboard.press('Enter');
  await shows(page, records[0]!);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await page.keyboard.press('Escape');

  await page.keyboard.press('n');
  await page.keyboard.type('Name a data owner');
  await page.getByLabel('Who', { exact: true }).focus();
  await page.keyboard.type(lead.name);
  await decideBy(page).focus();
  await page.keyboard.press('Enter');
  await expect(outcomeOn(page)).toContainText(`${lead.name} does: Name a data owner`);
  await page.keyboard.press('Enter');
  await shows(page, records[1]!);
  await page.keyboard.press('s');
  await page.keyboard.type('The authority has to answer');
  await page.keyboard.press('Enter');
  await expect(outcomeOn(page)).toContainText('Escalated: The authority has to answer');
  await page.keyboard.press('ArrowRight');
  await shows(page, records[2]!);
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  await expect(outcomeOn(page)).toContainText('Nothing to do');
  await page.keyboard.press('ArrowLeft');
  await shows(page, records[1]!);
  await page.keyboard.press('ArrowRight');
  await shows(page, records[2]!);
  await page.keyboard.press('ArrowRight');
  await shows(page, records[3]!);
  await page.keyboard.press('e');
  await page.keyboard.type('The plant is closed');
  await page.keyboard.press('Enter');
  await expect(outcomeOn(page)).toContainText('Exception raised: The plant is closed');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toContainText('Every record has an outcome.');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Minutes of the standup' })).toBeVisible();
  await expect(page.locator('tr[data-outcome]')).toHaveCount(4);
});

test('a standup is held by touch at 390 px', async ({ browser, fixture }) => {
  const { lead, owner, scope } = fixture;
  await intoData(fixture, (await manyRecords(fixture, 3)).slice(2));
  const records = await agendaOf(fixture);
  const page = await lead.open(browser, `/scopes/${scope}/standup`, { ...phone, ...still });
  await page.getByRole('button', { name: 'Start standup' }).tap();
  await shows(page, records[0]!);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBe(390);

  await page.getByRole('button', { name: 'Nothing to do' }).tap();
  await decideBy(page).tap();
  await expect(outcomeOn(page)).toContainText('Nothing to do');
  await page.getByRole('button', { name: 'Next', exact: true }).tap();
  await shows(page, records[1]!);
  await page.getByRole('button', { name: 'Escalate' }).tap();
  await page.getByLabel('What needs to be decided, and by whom?').fill('The authority has to answer');
  await decideBy(page).tap();
  await expect(outcomeOn(page)).toContainText('Escalated');
  await page.getByRole('button', { name: 'Show the agenda' }).tap();
  await page.locator('nav button[data-position="2"]').tap();
  await shows(page, records[2]!);

  // A resting finger lifts the record; over a person it shows whether they can take it.
  const finger = await fingerOn(page);
  await finger.down(onTable(page).locator('header h2'));
  await expect(page.locator('[data-ghost]')).toBeVisible();
  const person = page.locator(`[data-takes="${owner.id}"]`);
  await person.scrollIntoViewIfNeeded();
  const box = (await person.boundingBox())!;
  await finger.to({ x: box.x + 30, y: box.y + box.height / 2 });
  await expect(page.getByText('Can take it')).toBeVisible();
  await finger.up();
  await page.getByLabel('What has to happen?').fill('Enter the masses');
  await decideBy(page).tap();
  await expect(outcomeOn(page)).toContainText(`${owner.name} does: Enter the masses`);
  await page.getByRole('button', { name: 'End standup' }).tap();
  await page.getByRole('button', { name: 'End and write the minutes' }).tap();
  await expect(page.getByRole('heading', { name: 'Minutes of the standup' })).toBeVisible();
  await visit(page, `${fixture.server.url}/scopes/${scope}/records/${records[2]}`);
  await page.getByRole('tab', { name: 'Duties' }).tap();
  await expect(page.getByRole('heading', { name: 'Standups' })).toBeVisible();
  await expect(page.locator('section', { hasText: 'Standups' }).last()).toContainText('Enter the masses');
});

test('who is there is shown, and a leader who comes back still leads', async ({ browser, fixture }) => {
  const { lead, owner, scope } = fixture;
  await manyRecords(fixture, 2);
  const [first] = await agendaOf(fixture);
  const leads = await lead.open(browser, `/scopes/${scope}/standup`, still);
  await leads.getByRole('button', { name: 'Start standup' }).click();
  await shows(leads, first!);
  const owners = await owner.open(browser, `/scopes/${scope}/standup`, still);
  await join(owners);
  const leader = owners.locator(`[data-takes="${lead.id}"]`);
  await expect(leader).toContainText('leads · here');
  const room = leads.url();
  await leads.goto(`${fixture.server.url}/scopes/${scope}/people`);
  await expect(owners.getByText(`${lead.name} is away`)).toBeVisible();
  await expect(leader).toContainText('leads · not here');
  await visit(leads, room);
  await expect(owners.getByText(`${lead.name} is away`)).toBeHidden();
  await expect(leads.getByText('You lead')).toBeVisible();
});
