import { expect, type Page } from '@playwright/test';
import type { AgendaReason, Standup } from '#shared/contract/standup.ts';
import { dayAfter } from '#shared/domain/day.ts';
import { sampleVehicle } from '#shared/domain/samples/vehicle.ts';
import type { Member, Fixture } from './fixture.ts';
import { vehiclesFrom } from './fixture.ts';

let numbers = vehiclesFrom(10000);
export const today = () => new Date().toISOString().slice(0, 10);

/** Creates records, a few at a time. */
export async function manyRecords({ lead, scope }: Fixture, count: number): Promise<string[]> {
  const made: string[] = [];
  await inTurn(Array.from({ length: count }), async (_, index) => {
    const data = sampleVehicle({ number: ++numbers });
    made[index] = (await lead.api('POST', `/api/scopes/${scope}/records`, { data })).card.id;
  });
  return made;
}

/** Six at a time: the server has one database connection. */
export async function inTurn<T>(list: readonly T[], work: (one: T, index: number) => Promise<unknown>): Promise<void> {
  const left = list.map((one, index) => [one, index] as const);
  await Promise.all(
    Array.from({ length: 6 }, async () => {
      for (let next = left.shift(); next; next = left.shift()) await work(...next);
    }),
  );
}

export async function give(by: Member, record: string, to: string | null): Promise<void> {
  const { card } = await by.api('GET', `/api/records/${record}`);
  const body = { from: card.nextAction.owner, to, what: 'Look at it', due: null };
  await by.api('POST', `/api/records/${record}/next-action`, body);
}

export const release = (by: Member, record: string, inDays: number) =>
  by.api('POST', `/api/records/${record}/release`, { from: null, to: dayAfter(today(), inDays) });

export const raise = (by: Member, record: string, severity: string, cause: string) =>
  by.api('POST', `/api/records/${record}/exceptions`, {
    kind: 'missingData',
    severity,
    cause,
    waitingFor: null,
    owner: null,
    until: null,
  });

/** The expected agenda of a standup that starts now, by id. */
export async function agendaOf({ lead, scope }: Fixture): Promise<string[]> {
  const { items } = await lead.api('GET', `/api/scopes/${scope}/agenda`);
  return items.map(({ card }: Standup['items'][number]) => card.id);
}

/** Moves records into the data stage, where the data owner may take the next action; nobody owns it yet. */
export async function intoData({ lead, owner }: Fixture, records: readonly string[]): Promise<void> {
  await inTurn(records, async (id) => {
    await lead.api('POST', `/api/records/${id}/duties`, { duty: 'dataOwner', from: null, to: owner.id });
    await lead.api('POST', `/api/records/${id}/move`, { from: 'intake', to: 'data' });
    await give(lead, id, null);
  });
}

type Expected = { id: string; reasons: Pick<AgendaReason, 'kind' | 'params'>[] };

/**
 * The expected agenda of a standup that starts now, computed from what the API returns for records, exceptions, events
 * and the last standup, without the product's own agenda code. Nothing here is old enough for a stay to be longer than
 * usual.
 */
export async function expectedAgenda({ lead, scope }: Fixture, last: Standup): Promise<Expected[]> {
  const cards = (await allCards(lead, scope)).filter(({ stage }) => stage !== 'archive');
  const changes = await changesAfter(lead, scope, (await lead.api('GET', `/api/scopes/${scope}/agenda`)).since.seq);
  const left = last.items.filter(({ reachedAt, outcome }) => !reachedAt && !outcome).map(({ card }) => card.id);
  const before = ['intake', 'data', 'review', 'output', 'signing'];
  const severities = ['minor', 'major', 'critical'];
  const found: { id: string; weights: [number, number][]; reasons: Expected['reasons'] }[] = [];
  for (const card of cards) {
    const one: (typeof found)[number] = { id: card.id, weights: [], reasons: [] };
    const say = (place: number, weight: number, kind: AgendaReason['kind'], params: AgendaReason['params']) => {
      one.weights.push([place, weight]);
      one.reasons.push({ kind, params });
    };
    if (left.includes(card.id)) say(0, -left.indexOf(card.id), 'notReached', {});
    const days = card.releaseOn && Math.round((Date.parse(card.releaseOn) - Date.parse(today())) / 86_400_000);
    const room = 2 * (before.length - before.indexOf(card.stage));
    if (days !== null && before.includes(card.stage) && days <= room) say(1, -days, 'releaseAtRisk', { days });
    if (card.blocked.count > 0) {
      const { exceptions } = await lead.api('GET', `/api/records/${card.id}`);
      const [worst] = exceptions.toSorted(
        (a: { severity: string }, b: { severity: string }) =>
          severities.indexOf(b.severity) - severities.indexOf(a.severity),
      );
      const { severity, cause, since } = worst;
      say(2, severities.indexOf(severity) * 1e15 - Date.parse(since), 'blocked', { days: 0, cause, severity });
    }
    const stage = card.stage as string;
    if (card.nextAction.owner === null) say(5, -Date.parse(card.stageSince), 'unowned', { stage });
    const count = changes.get(card.id) ?? 0;
    if (count > 0) say(6, count, 'changed', { count });
    if (one.reasons.length > 0) found.push(one);
  }
  return found
    .sort((a, b) => {
      const [[placeA, hurtsA], [placeB, hurtsB]] = [a.weights[0]!, b.weights[0]!];
      return placeA - placeB || hurtsB - hurtsA || b.weights.length - a.weights.length || (a.id < b.id ? -1 : 1);
    })
    .map(({ id, reasons }) => ({ id, reasons }));
}

async function allCards(lead: Member, scope: string): Promise<any[]> {
  const { columns } = await lead.api('GET', `/api/scopes/${scope}/board`);
  const all = [];
  for (const { stage, cards, next } of columns) {
    all.push(...cards);
    for (let after = next; after;) {
      const window = await lead.api(
        'GET',
        `/api/scopes/${scope}/stages/${stage}/cards?after=${encodeURIComponent(after)}`,
      );
      all.push(...window.cards);
      after = window.next;
    }
  }
  return all;
}

async function changesAfter(lead: Member, scope: string, seq: number): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (let before: number | null | undefined; before !== null;) {
    const page: any = await lead.api(
      'GET',
      `/api/scopes/${scope}/activity${before === undefined ? '' : `?before=${before}`}`,
    );
    for (const event of page.events) {
      if (event.seq <= seq) return counts;
      const reorder = event.kind === 'record.moved' && event.body.before.stage === event.body.after.stage;
      if (!event.record || event.kind.startsWith('standup.') || reorder) continue;
      counts.set(event.record.id, (counts.get(event.record.id) ?? 0) + 1);
    }
    before = page.next;
  }
  return counts;
}

export const onTable = (page: Page) => page.locator('.room article[data-record]');

/** Waits until the page shows this record as the current one. */
export async function shows(page: Page, record: string): Promise<void> {
  await expect(onTable(page)).toHaveAttribute('data-record', record);
}

interface Watched {
  keyAt: number[];
  shown: { record: string; at: number }[];
}

/** Records in the page when a record became the current one there, and when Enter was pressed. */
export async function watchTable(page: Page): Promise<void> {
  await page.evaluate(() => {
    const watched: Watched = { keyAt: [], shown: [] };
    (window as unknown as { watched: Watched }).watched = watched;
    const now = () => performance.timeOrigin + performance.now();
    window.addEventListener('keydown', (event) => event.key === 'Enter' && watched.keyAt.push(now()), true);
    const look = () => {
      const record = document.querySelector('.room article[data-record]')?.getAttribute('data-record');
      if (record && record !== watched.shown.at(-1)?.record) watched.shown.push({ record, at: now() });
    };
    look();
    new MutationObserver(look).observe(document.querySelector('.room')!, { childList: true, subtree: true });
  });
}

export const watchedIn = (page: Page): Promise<Watched> =>
  page.evaluate(() => (window as unknown as { watched: Watched }).watched);

export const percentile = (values: readonly number[], part: number): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * part) - 1]!;
