import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { eq } from 'drizzle-orm';
import type * as Y from 'yjs';
import { closeCodes } from '#shared/contract/document.ts';
import type { Person } from '#shared/contract/person.ts';
import { NotFound, Refused } from '#server/commands/errors.ts';
import { setDuties } from '#server/commands/people/set-duties.ts';
import { notifications, ruleTrials, visits } from '#server/db/schema.ts';
import { catchUpDocuments, rightsOf, type DocumentSocket } from '#server/documents/catch-up-documents.ts';
import { writeDocument } from '#server/documents/write-document.ts';
import type { CatchUp } from '#server/cluster/catch-up.ts';
import { catchUpFeed } from '#server/realtime/catch-up-feed.ts';
import { sendAs, type OutsiderClients } from './access.ts';
import { signedIn, type Client } from './client.ts';
import { addMember, by } from './seed-organisation.ts';
import type { TestContext } from './context.ts';
import { freshEmail } from './invitation.ts';
import { newRecord, vehicle } from './records.ts';
import { settingsWith } from './rules.ts';

type Attempt = (ctx: TestContext, people: OutsiderClients) => Promise<string[]>;

const unless = (holds: boolean, fault: string): string[] => (holds ? [] : [fault]);

/** A member with one duty in the scope, who has done nothing yet. */
async function newcomer({ users, server }: TestContext): Promise<Client> {
  const member = await addMember(server.services, users.organisation, 'New Comer', freshEmail());
  await setDuties(server.services, by(users.admin), {
    scope: users.scope,
    person: member.id,
    from: [],
    to: ['observer'],
  });
  return signedIn(server, member);
}

/** Notifies a person of a record, whether or not they may see it. */
async function tellOf({ users, server }: TestContext, person: Person): Promise<string> {
  const { id: recordId } = await newRecord(users);
  const told = { kind: 'action.given' as const, params: {}, occasion: randomUUID(), at: new Date(), readAt: null };
  const row = { ...told, personId: person.id, scopeId: users.scope, recordId };
  const [written] = await server.db.insert(notifications).values(row).returning({ id: notifications.id });
  return written!.id;
}

const readAtOf = async ({ server }: TestContext, id: string) =>
  (await server.db.select().from(notifications)).find((row) => row.id === id)!.readAt;

/** Captures the later catch-up of people who once had access: it has to check access again. */
function looking(): { catchUp: CatchUp; look(): Promise<void> } {
  let look = async () => {};
  const watch: CatchUp['watch'] = (_, run) => void (look = run);
  return { catchUp: { watch, afterLoss: () => undefined, close: async () => undefined }, look: () => look() };
}

/** Attempts on other people's own data, and on what a person may no longer do. Each returns the faults. */
export const ownAttempts: Record<string, Attempt> = {
  async 'what others were told, or one was told before the duty ended'(ctx, { dutiless, elsewhere }) {
    const { users } = ctx;
    const theirs = await tellOf(ctx, users.lead);
    const before = await tellOf(ctx, dutiless);
    const faults: string[] = [];
    for (const person of [users.observer, dutiless, elsewhere]) {
      const answer = await person.call('get /api/notifications', { query: {} });
      const shown = answer.notifications.map(({ id }) => id);
      faults.push(
        ...unless(![theirs, before].some((id) => shown.includes(id)), `${person.name} read what is not theirs`),
      );
      if (person === dutiless) faults.push(...unless(answer.unread === 0, 'somebody counts what they may not read'));
      const left = await person.call('post /api/notifications/read', { body: { notifications: [theirs, before] } });
      if (person === dutiless) faults.push(...unless(left.unread === 0, 'somebody counts what they may not read'));
    }
    for (const id of [theirs, before])
      faults.push(...unless((await readAtOf(ctx, id)) === null, 'a notification was marked by somebody else'));
    return faults;
  },

  async 'how somebody else chose to be told'(ctx) {
    const { users } = ctx;
    const other = await newcomer(ctx);
    const usual = await other.call('get /api/notifications/choices', {});
    const opposite = usual.choices.map(({ kind, inbox, email }) => ({ kind, inbox: !inbox, email: !email }));
    for (const choice of opposite) await users.lead.call('put /api/notifications/choices', { body: choice });
    const after = await other.call('get /api/notifications/choices', {});
    for (const choice of usual.choices) await users.lead.call('put /api/notifications/choices', { body: choice });
    return unless(JSON.stringify(after) === JSON.stringify(usual), 'somebody reads what another person chose');
  },

  async 'when somebody else was last here'(ctx) {
    const { users, server } = ctx;
    const params = { scope: users.scope };
    await users.lead.call('post /api/scopes/{scope}/visit', { params, body: { seq: 1 } });
    const other = await newcomer(ctx);
    const visitOf = async () =>
      (await server.db.select().from(visits).where(eq(visits.personId, users.lead.id))).find(
        ({ scopeId }) => scopeId === users.scope,
      );
    const before = await visitOf();
    const { since } = await other.call('get /api/scopes/{scope}/since', { params, query: { from: 'visit' } });
    await other.call('post /api/scopes/{scope}/visit', { params, body: { seq: 0 } });
    return [
      ...unless(since === null, 'somebody who was never here was shown since when another person was away'),
      ...unless(isDeepStrictEqual(await visitOf(), before), 'a visit changed what another person had seen'),
    ];
  },

  async 'scopes and memberships of others'({ users }, { dutiless, elsewhere }) {
    const faults: string[] = [];
    for (const person of [dutiless, elsewhere]) {
      const { scopes } = await person.call('get /api/scopes', {});
      faults.push(
        ...unless(
          scopes.every(({ id }) => id !== users.scope),
          `${person.name} was shown a scope of others`,
        ),
      );
      const own = person === elsewhere ? users.elsewhere.organisation : users.organisation;
      const { memberships } = await person.call('get /api/self', {});
      const belongs = memberships.length === 1 && memberships[0]!.organisation.id === own;
      faults.push(...unless(belongs, `${person.name} belongs where others do`));
    }
    return faults;
  },

  async 'the answer to somebody else’s operation, and taking it back'({ users }, { elsewhere }) {
    const operation = randomUUID();
    const ask = { params: { scope: users.scope }, body: { data: vehicle() }, operation };
    await users.dataOwner.call('post /api/scopes/{scope}/records', ask);
    const moved = randomUUID();
    const { id } = await newRecord(users);
    const move = { params: { record: id }, body: { from: 'intake' as const, to: 'intake' as const, after: null } };
    await users.lead.call('post /api/records/{record}/move', { ...move, operation: moved });
    const faults: string[] = [];
    for (const person of [users.observer, elsewhere]) {
      const sent = await person.call('post /api/scopes/{scope}/records', ask).then(
        () => 200,
        (error: { problem: { status: number } }) => error.problem.status,
      );
      faults.push(
        ...unless([403, 404].includes(sent), `somebody got the answer to another person’s operation: ${sent}`),
      );
      const { status } = await sendAs(person, 'takeBack', { params: { operation: moved } });
      faults.push(...unless(status === 404, `somebody took back what another person did: ${status}`));
    }
    return faults;
  },

  async 'the answer to one’s own operation, and taking it back, after the duty ended'(ctx) {
    const { users, server } = ctx;
    const person = await newcomer(ctx);
    const { scope } = users;
    const inScope = { scope, person: person.id };
    await setDuties(server.services, by(users.admin), { ...inScope, from: ['observer'], to: ['lead'] });
    const [{ id }, { id: other }] = [await newRecord(users), await newRecord(users)];
    const [one, set] = [randomUUID(), randomUUID()];
    const move = { from: 'intake' as const, to: 'intake' as const };
    const moving = { params: { record: id }, body: { ...move, after: null }, operation: one };
    await person.call('post /api/records/{record}/move', moving);
    const body = { to: move.to, records: [{ record: other, from: move.from }] };
    await person.call('post /api/scopes/{scope}/bulk/moves', { params: { scope }, body, operation: set });
    const takenBack = randomUUID();
    const back = { params: { operation: set }, operation: takenBack };
    await person.call('post /api/operations/{operation}/take-back', back);
    await setDuties(server.services, by(users.admin), { ...inScope, from: ['lead'], to: [] });
    const statusOf = (sent: Promise<unknown>) =>
      sent.then(
        () => 200,
        (error: { problem: { status: number } }) => error.problem.status,
      );
    const statuses = [
      await statusOf(person.call('post /api/records/{record}/move', moving)),
      await statusOf(person.call('post /api/operations/{operation}/take-back', { params: { operation: one } })),
      await statusOf(person.call('post /api/operations/{operation}/take-back', back)),
    ];
    return unless(isDeepStrictEqual(statuses, [404, 404, 404]), `cards were read after the duty ended: ${statuses}`);
  },

  async 'records that a trial of rules lists, from somebody who sees their scope not'({ users, server }, { dutiless }) {
    const { id, reference } = await newRecord(users);
    const listed = { scope: users.scope, record: id, reference };
    const counts = { judged: 1, of: 1, otherwise: 1, first: [listed] };
    const found = { records: counts, moves: { ...counts, already: 0 } } as never;
    const [trial] = await server.db
      .insert(ruleTrials)
      .values({ organisationId: users.organisation, settings: settingsWith({}), state: 'done', found, at: new Date() })
      .returning();
    const params = { organisation: users.organisation, trial: trial!.id };
    const { text } = await sendAs(dutiless, 'getRuleTrial', { params });
    return unless(!text.includes(id), 'a trial listed a record of a scope that the person does not see');
  },

  async 'changes of a document by those who may not make them'({ users, server }, { elsewhere, former, dutiless }) {
    const { id } = await newRecord(users);
    const tick = (person: Client) =>
      writeDocument(server.services, person, id, (doc) => {
        const item = [...doc.getMap<Y.Map<unknown>>('checklist').values()].find((one) => one.get('stage') === 'data')!;
        item.set('tick', { by: person.id, at: server.services.now().toISOString() });
      }).then(
        () => null,
        (error: unknown) => error,
      );
    const faults: string[] = [];
    for (const person of [elsewhere, former, dutiless])
      faults.push(...unless((await tick(person)) instanceof NotFound, `${person.name} wrote into a document`));
    faults.push(...unless((await tick(users.observer)) instanceof Refused, 'an observer ticked the checklist'));
    return faults;
  },

  async 'a board that is still watched by those who may not any more'({ users, server }, people) {
    const { catchUp, look } = looking();
    const released: string[] = [];
    const socketOf = ({ id, name }: Client) => ({
      data: { person: { id, name }, attention: new Map([[users.scope, null]]) },
      disconnect: () => void released.push(id),
      emit: () => undefined,
    });
    const outside = [people.elsewhere, people.former, people.dutiless];
    const sockets = new Map([...outside, users.observer].map((person) => [person.id, socketOf(person)]));
    const io = { sockets: { sockets }, to: () => ({ emit: () => undefined }) } as never;
    catchUpFeed({ io, db: server.db, bus: null, catchUp, newest: new Map(), tell: () => undefined });
    await look();
    return [
      ...outside.flatMap(({ id, name }) => unless(released.includes(id), `${name} goes on watching a board`)),
      ...unless(!released.includes(users.observer.id), 'a member was let go'),
    ];
  },

  async 'a document that is still open for those who may not any more'({ users, server }, people) {
    const { id: record } = await newRecord(users);
    const { catchUp, look } = looking();
    const closed: string[] = [];
    const outside = [people.elsewhere, people.former, people.dutiless];
    const visits = new Map(
      [...outside, users.observer].map((person) => {
        const rights = rightsOf({ id: person.id, admin: false, duties: ['observer'] });
        const close = (code: number) => void (code === closeCodes.accessChanged && closed.push(person.id));
        return [{ close } as never, { record, person: person.id, rights } satisfies DocumentSocket] as const;
      }),
    );
    catchUpDocuments({ db: server.db, catchUp, visits, open: () => [], onRemoteHead: () => undefined });
    await look();
    return [
      ...outside.flatMap(({ id, name }) => unless(closed.includes(id), `${name} keeps a document open`)),
      ...unless(!closed.includes(users.observer.id), 'a member was sent away'),
    ];
  },
};
