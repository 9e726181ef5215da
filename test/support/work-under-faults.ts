import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Card } from '#shared/contract/record.ts';
import { ProblemError, Unreachable } from '#lib/api.ts';
import { checkTrails } from '#server/db/check-trail.ts';
import { markRecordsDue } from '#server/commands/mark-records-due.ts';
import { judgeWaiting } from '#server/jobs/judge-again.ts';
import type { Ground } from './ground.ts';
import { password } from './founding.ts';
import { openDocument, say, synced, type } from './reader.ts';
import { newRecord, vehicle } from './records.ts';

/** What people did while servers died, and what they were told became of it. */
export interface Work {
  /** Every operation that was answered as done, by its id. */
  done: Map<string, string>;
  /** Everything that was neither done, refused with a reason, nor answered as unavailable. */
  strange: unknown[];
  stop(): Promise<void>;
}

/** Sends one operation until it has an answer, as the page's queue does. */
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

/** People who move, edit, import, comment, read and sign in, each again and again, until it is stopped. */
export async function workOn({ server, cast }: Ground, people = 3): Promise<Work> {
  const done = new Map<string, string>();
  const strange: unknown[] = [];
  let goesOn = true;
  const goingOn = () => goesOn;
  const cards: Card[] = [];
  for (let index = 0; index < people; index++) cards.push(await newRecord(cast));

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
        cast.dataOwner.call('post /api/scopes/{scope}/records', {
          params: { scope: cast.scope },
          body: { data },
          operation,
        }),
      goingOn,
    );
    if (answer) done.set(operation, answer.card.id);
  };

  /** Moves a card within its column: every gate is open to that, so every refusal is strange. */
  const reorder = (card: Card) => async () => {
    const operation = randomUUID();
    const answer = await untilAnswered(
      () =>
        cast.lead.call('post /api/records/{record}/move', {
          params: { record: card.id },
          body: { from: 'intake', to: 'intake', after: null },
          operation,
        }),
      goingOn,
    );
    if (answer) done.set(operation, answer.card.id);
  };

  const read = async () => {
    await untilAnswered(
      () => cast.observer.call('get /api/records/{record}', { params: { record: cards[0]!.id } }),
      goingOn,
    );
  };

  const signIn = async () => {
    const answer = await fetch(`${server.url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: server.url },
      body: JSON.stringify({ email: 'observer@works.example', password }),
    });
    if (answer.status !== 200 && answer.status < 500 && answer.status !== 429) strange.push(answer.status);
    await new Promise((resolve) => setTimeout(resolve, 200));
  };

  const judge = async () => {
    const { services } = server;
    await markRecordsDue(services, { actor: null, operation: null }, undefined).catch(() => undefined);
    await judgeWaiting(services).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 50));
  };

  const document = openDocument(server.url, cards[1]!.id, cast.lead.cookie);
  await synced(document);
  void document.closed.then((code) => strange.push(`the document was closed with ${code}`));
  const comment = say(document, cast.lead, 'What was said while servers died:');
  const write = async () => {
    type(comment, '.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  };

  const running = [create, ...cards.map(reorder), read, signIn, judge, write].map(again);
  return {
    done,
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

/** Everything that was acknowledged is there, once, and the trail has no gap. */
export async function findLosses({ server: { db } }: Ground, { done }: Work): Promise<unknown[]> {
  const losses: unknown[] = [];
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
