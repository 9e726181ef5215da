import { setTimeout } from 'node:timers/promises';
import { and, eq, sql } from 'drizzle-orm';
import type { BoardEvent } from '#shared/contract/event.ts';
import type { Finding } from '#shared/contract/finding.ts';
import type { Person } from '#shared/contract/person.ts';
import { accessToRecord } from '#server/db/access.ts';
import { isUnavailable, type Db, type Tx } from '#server/db/driver/client.ts';
import { notify, type NewNotification } from '#server/db/notifications.ts';
import { operations } from '#server/db/schema.ts';
import { given, namesOf, statement } from '#server/db/driver/statement.ts';
import { isUniqueViolation } from '#server/db/driver/violations.ts';
import { logError } from '#server/log.ts';
import { appendEvents, type NewEvent } from '#server/db/trail.ts';
import { Forbidden, NotFound, Refused, Stale } from './errors.ts';

/** The dependencies of every command. */
export interface Services {
  db: Db;
  now(): Date;
  /** Called after the commit, once per trail, with its new events in order. */
  publish(trail: string, events: BoardEvent[]): void;
  /** Called after the commit with everybody who received a notification. */
  tell(people: readonly string[]): void;
  /**
   * Whether a record's document holds, committed, everything that a Yjs state vector covers; waits for it up to
   * `milliseconds`.
   */
  documentHolds(record: string, vector: Uint8Array, milliseconds: number): Promise<boolean>;
}

/** The actor and the operation id of a call. */
export interface Call {
  /** Null: the system, or a person who is not signed in. */
  actor: Person | null;
  /** Null if the caller never retries; no answer is stored then. */
  operation: string | null;
}

/** One run of a command: its transaction, its time, its events and its notifications. */
export interface CommandContext extends Call {
  tx: Tx;
  now: Date;
  record(event: NewEvent): void;
  notify(notification: NewNotification): void;
}

export type Command<Input, Answer> = (services: Services, call: Call, input: Input) => Promise<Answer>;

/**
 * Creates a command: one call is one transaction. Its events are appended last and published after the commit. An
 * operation id that this person has already used changes nothing and returns the stored answer. Answers are plain JSON.
 */
export function command<Input, Answer>(
  name: string,
  run: (ctx: CommandContext, input: Input) => Promise<Answer>,
): Command<Input, Answer> {
  return async (services, call, input) => {
    for (let attempt = 1; ; attempt++) {
      let done: Done<Answer>;
      try {
        done = await once(services, call, name, (ctx) => run(ctx, input));
      } catch (error) {
        if (isUniqueViolation(error) && attempt < attempts) continue;
        // The connection was lost, perhaps during the commit. With an operation id the command can run again: if the
        // first run was committed, storing the answer fails, and the stored answer is found below.
        if (isUnavailable(error) && call.actor && call.operation && attempt < attempts) {
          await setTimeout(waits[attempt - 1]);
          continue;
        }
        const earlier = await answeredBefore(services.db, call, name, error);
        if (earlier) return earlier.answer as Answer;
        throw error;
      }
      publishAfterCommit(services, done);
      return done.answer;
    }
  };
}

const attempts = 4;
/** Delays before the retries while the database is unavailable, in milliseconds. */
const waits = [50, 150, 400];

/**
 * The stored answer, if the command failed because its operation was already done: an answer cannot be stored twice.
 * Undefined if there is none that the actor may still see.
 */
async function answeredBefore(db: Db, call: Call, name: string, error: unknown) {
  try {
    const earlier = await answered(db, call, name);
    return earlier && (await maySeeAgain(db, call, earlier.answer)) ? earlier : undefined;
  } catch (second) {
    if (second instanceof Refused) throw second;
    // It is unknown whether the operation was already done, so a refusal is not the answer; any other error takes
    // precedence.
    throw isRefusal(error) ? second : error;
  }
}

/** A person who lost access to a scope must not read its cards in stored answers. */
async function maySeeAgain(db: Db, { actor }: Call, answer: unknown): Promise<boolean> {
  const card = (answer as { card?: { id: string } } | null)?.card;
  return !card || (await accessToRecord(db, actor!.id, card.id)) !== null;
}

const isRefusal = (error: unknown) => [Refused, Stale, NotFound, Forbidden].some((kind) => error instanceof kind);

interface Done<Answer> {
  answer: Answer;
  published: { trail: string; events: BoardEvent[] }[];
  notified: string[];
}

/** The transaction is committed: a failure from here on does not change the answer. */
function publishAfterCommit(services: Services, { published, notified }: Done<unknown>): void {
  const attempt = (send: () => void) => {
    try {
      send();
    } catch (error) {
      logError('announcing what was committed', error);
    }
  };
  for (const { trail, events } of published) attempt(() => services.publish(trail, events));
  if (notified.length > 0) attempt(() => services.tell(notified));
}

async function once<Answer>(
  services: Services,
  call: Call,
  name: string,
  run: (ctx: CommandContext) => Promise<Answer>,
): Promise<Done<Answer>> {
  const pending: NewEvent[] = [];
  const news: NewNotification[] = [];
  return services.db.transaction(async (tx) => {
    const ctx: CommandContext = {
      ...call,
      tx,
      now: services.now(),
      record: (event) => void pending.push(event),
      notify: (notification) => void news.push(notification),
    };
    const answer = await run(ctx);
    // Pipelined, the answer first: a concurrent call of the same operation waits there, before it locks a trail.
    const [, notified, published] = await Promise.all([
      call.actor && call.operation
        ? storedAnswer(tx, { personId: call.actor.id, id: call.operation, command: name, answer, at: ctx.now })
        : null,
      notify(tx, news, ctx.now),
      appendEvents(tx, ctx, pending),
    ]);
    return { answer, published, notified };
  });
}

/** The stored answer of an operation; undefined: none. Throws Refused if its id belongs to another command. */
export async function answered(db: Db, { actor, operation }: Call, command: string) {
  if (!actor || !operation) return undefined;
  const [row] = await answerGiven(db, { person: actor.id, operation });
  if (row && row.command !== command) throw new Refused([idInUse]);
  return row;
}

const answerGiven = statement((db) =>
  db
    .select({ command: operations.command, answer: operations.answer })
    .from(operations)
    .where(and(eq(operations.personId, sql.placeholder('person')), eq(operations.id, sql.placeholder('operation')))),
);

const storedAnswer = statement((db) => db.insert(operations).values(given(...namesOf(operations))));

/** M07. */
const idInUse: Finding = {
  rule: 'M07',
  key: 'operation.inUse',
  params: {},
  severity: 'error',
  entry: null,
  mend: [],
};
