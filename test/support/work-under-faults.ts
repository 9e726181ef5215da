import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Card } from '#shared/contract/record.ts';
import { ProblemError, Unreachable } from '#lib/api.ts';
import { textAt } from '#shared/domain/data-tree.ts';
import { checkTrails } from '#server/db/check-trail.ts';
import { markRecordsDue } from '#server/commands/judging/enqueue-due.ts';
import { rejudgeQueued } from '#server/jobs/rejudge.ts';
import type { Client } from './client.ts';
import type { TestContext } from './context.ts';
import { settled } from './import.ts';
import { password } from './seed-organisation.ts';
import { openDocument, say, synced, type } from './reader.ts';
import { newRecord, vehicle } from './records.ts';

/** The work of people while servers died, and the answers they received. */
export interface FaultWork {
  /** Ids of the operations answered as done. */
  done: Map<string, string>;
  /** The last value of a record's data answered as stored, by record. */
  edited: Map<string, string>;
  /** Imports whose application was answered as started, and their files. */
  imported: Map<string, { by: Client; file: string }>;
  /** Answers other than done, refused with a reason, or unavailable. */
  strange: unknown[];
  stop(): Promise<void>;
}

/** Sends one operation until it is answered, like the page's queue. */
async function untilAnswered<T>(send: () => Promise<T>, goingOn: () => boolean): Promise<T | null> {
  for (;;) {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof Unreachable || error instanceof TypeError)) throw error;
      if (!goingOn()) return null;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** People who move, edit, import, comment, read and sign in, each in a loop, until stopped. */
export async function workOn({ server, users }: TestContext, people = 3): Promise<FaultWork> {
  const done: FaultWork['done'] = new Map();
  const edited: FaultWork['edited'] = new Map();
  const imported: FaultWork['imported'] = new Map();
  const strange: unknown[] = [];
  let goesOn = true;
  const goingOn = () => goesOn;
  const cards: Card[] = [];
  for (let index = 0; index < people; index++) cards.push(await newRecord(users));

  const again = (turn: () => Promise<void>) =>
    (async () => {
      while (goesOn) {
        try {
          await turn();
        } catch (error) {
          if (!(error instanceof ProblemError && error.problem.type === 'unavailable')) strange.push(error);
        }
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    })();

  const create = async () => {
    const operation = randomUUID();
    const data = vehicle();
    const answer = await untilAnswered(
      () =>
        users.dataOwner.call('post /api/scopes/{scope}/records', {
          params: { scope: users.scope },
          body: { data },
          operation,
        }),
      goingOn,
    );
    if (answer) done.set(operation, answer.card.id);
  };

  /** Moves a card within its column: no gate applies, so every refusal is unexpected. */
  const reorder = (card: Card) => async () => {
    const operation = randomUUID();
    const answer = await untilAnswered(
      () =>
        users.lead.call('post /api/records/{record}/move', {
          params: { record: card.id },
          body: { from: 'intake', to: 'intake', after: null },
          operation,
        }),
      goingOn,
    );
    if (answer) done.set(operation, answer.card.id);
  };

  /** Changes one entry in a loop; each edit starts from the value of the previous one. */
  const edit = async () => {
    const [{ id }] = cards as [Card];
    const [operation, from] = [randomUUID(), edited.get(id) ?? '180'];
    const to = String(100 + ((Number(from) + 1) % 100));
    const body = { edits: [{ path: speedPath, from, to }] };
    const answer = await untilAnswered(
      () => users.lead.call('post /api/records/{record}/edits', { params: { record: id }, body, operation }),
      goingOn,
    );
    if (!answer) return;
    done.set(operation, id);
    edited.set(id, to);
  };

  let files = 0;
  const run = randomUUID().slice(0, 8);
  /** Hands in a file, waits for its dry run and applies it; what it makes is looked at in the end. */
  const bringIn = async () => {
    const by = users.dataOwner;
    const file = `faults-${run}-${++files}.csv`;
    const ask = { params: { scope: users.scope }, query: { file }, file: new Blob([csvOf(file)]) };
    const handing = { ...ask, operation: randomUUID() };
    let view = await untilAnswered(() => by.call('post /api/scopes/{scope}/imports', handing), goingOn);
    while (view?.state === 'checking') {
      await new Promise((resolve) => setTimeout(resolve, 20));
      const params = { import: view.id };
      view = await untilAnswered(() => by.call('get /api/imports/{import}', { params }), goingOn);
    }
    if (!view) return;
    if (view.state !== 'checked') throw new Error(`The dry run of ${file} ended as ${view.state}`);
    const applying = { params: { import: view.id }, operation: randomUUID() };
    const answer = await untilAnswered(() => by.call('post /api/imports/{import}/apply', applying), goingOn);
    if (answer) imported.set(view.id, { by, file });
    await new Promise((resolve) => setTimeout(resolve, 500));
  };

  const read = async () => {
    await untilAnswered(
      () => users.observer.call('get /api/records/{record}', { params: { record: cards[0]!.id } }),
      goingOn,
    );
  };

  const signIn = async () => {
    const answer = await untilAnswered(
      () =>
        fetch(`${server.url}/api/auth/sign-in/email`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', origin: server.services.publicUrl },
          body: JSON.stringify({ email: 'observer@works.example', password }),
        }),
      goingOn,
    );
    if (answer && answer.status !== 200 && answer.status < 500 && answer.status !== 429) strange.push(answer.status);
    await new Promise((resolve) => setTimeout(resolve, 200));
  };

  const judge = async () => {
    const { services } = server;
    await markRecordsDue(services, { actor: null, operation: null }, undefined).catch(() => undefined);
    await rejudgeQueued(services).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 50));
  };

  const document = openDocument(server.url, cards[1]!.id, users.lead.cookie);
  await synced(document);
  void document.closed.then((code) => strange.push(`the document was closed with ${code}`));
  const comment = say(document, users.lead, 'What was said while servers died:');
  const write = async () => {
    type(comment, '.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  };

  const running = [create, edit, bringIn, ...cards.map(reorder), read, signIn, judge, write].map(again);
  return {
    done,
    edited,
    imported,
    strange,
    async stop() {
      goesOn = false;
      await Promise.all(running);
      // The stock client waits longer after each failed attempt to connect.
      const until = Date.now() + 30_000;
      while (!document.saved() && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 50));
      if (!document.saved()) strange.push('what was written in the document is not stored');
      document.close();
    },
  };
}

const speedPath = 'CocDataGroup/MaximumSpeed';
const rowsOfFile = 3;
const csvOf = (file: string) => {
  const rows = Array.from(
    { length: rowsOfFile },
    (_, row) => `${file}-${row},WORKS,e1*2007/46*1234*01,T7,V7,W${row},NORDHAVN,SUND,M1`,
  );
  return ['VFN,Man,Tan,T,Va,Ve,Mk,Cn,Ct', ...rows, ''].join('\n');
};

/** Checks that everything acknowledged is present, once, and that the trail has no gap. */
export async function findLosses({ server: { db }, users }: TestContext, work: FaultWork): Promise<unknown[]> {
  const { done, edited, imported } = work;
  const losses: unknown[] = [];
  for (const [record, last] of edited) {
    const { data } = await users.lead.call('get /api/records/{record}', { params: { record } });
    // One more may have been stored without its answer being received.
    const stored = Number(textAt(data, speedPath));
    if (![last, String(100 + ((Number(last) + 1) % 100))].includes(String(stored)))
      losses.push({ record, last, stored });
  }
  for (const [id, { by, file }] of imported) {
    const { state, rows } = await settled(by, id, 30_000);
    if (state !== 'applied' || rows.created !== rowsOfFile) losses.push({ file, state, rows });
    const [made] = (await db.execute(
      sql`select count(*)::integer as count from revisions where source ->> 'file' = ${file}`,
    )) as unknown as { count: number }[];
    if (made!.count !== rowsOfFile) losses.push({ file, made: made!.count });
  }
  const rows = (await db.execute(
    sql`select operation_id as operation, count(*)::integer as times from events where operation_id is not null group by 1`,
  )) as unknown as { operation: string; times: number }[];
  const times = new Map(rows.map((row) => [row.operation, row.times]));
  for (const [operation, record] of done) {
    if (times.get(operation) !== 1) losses.push({ operation, record, times: times.get(operation) ?? 0 });
  }
  const { breaks } = await checkTrails(db);
  return [...losses, ...breaks];
}
