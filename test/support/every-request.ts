import { randomUUID } from 'node:crypto';
import type { Routes } from '#shared/contract/routes/all.ts';
import type { Card } from '#shared/contract/record.ts';
import type { Client } from './client.ts';
import { addMember } from './seed-organisation.ts';
import type { TestContext } from './context.ts';
import { uploaded } from './import.ts';
import { organisationRequests } from './every-organisation-request.ts';
import { newRecord, readyRecord, recordIn, staffedRecord, vehicle } from './records.ts';
import { deciding, endOpen, join, leading, started, walking } from './standups.ts';
import { asking, inDays, proposed, waived, withoutMass } from './waivers.ts';

/** One request of a route that succeeds, on a resource made for it alone. */
export interface EveryRequest {
  by: Client;
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  file?: Blob;
  /** A person who sees the resource but may not do it; default: everybody who sees it may. */
  unable?: Client;
}

export type Requests<Name extends keyof Routes = keyof Routes> = Partial<
  Record<Name, (ctx: TestContext) => EveryRequest | Promise<EveryRequest>>
>;

const onScope =
  (more: Omit<EveryRequest, 'by'> = {}) =>
  ({ users }: TestContext): EveryRequest => ({
    by: users.lead,
    ...more,
    params: { scope: users.scope, ...more.params },
  });

const onRecord =
  (more: Omit<EveryRequest, 'by'> = {}) =>
  async ({ users }: TestContext): Promise<EveryRequest> => {
    const { id } = await newRecord(users);
    return { by: users.lead, ...more, params: { record: id, ...more.params } };
  };

async function raised({ users }: TestContext): Promise<{ record: string; exception: string }> {
  const { id } = await staffedRecord(users);
  const body = { kind: 'other' as const, cause: randomUUID(), waitingFor: null, owner: null, until: null };
  const { exception } = await users.lead.call('post /api/records/{record}/exceptions', {
    params: { record: id },
    body,
  });
  return { record: id, exception };
}

async function standupOn(ctx: TestContext) {
  const { id } = await newRecord(ctx.users);
  return started(ctx, ctx.users.lead, [id]);
}

let refs = 0;
const csv = () =>
  new Blob([`VFN,Man,Tan,T,Va,Ve,Mk,Cn,Ct\nER-${++refs},WORKS,e1*2007/46*1234*01,T1,V1,W1,NORDHAVN,SUND,M1\n`]);

async function imported({ users }: TestContext): Promise<string> {
  return (await uploaded(users.lead, users.scope, await csv().text())).id;
}

const unowned = (card: Card) => ({ record: card.id, from: null });

/** Requests about scopes, records and what belongs to them. */
const scopeRequests: Requests = {
  getScope: onScope(),
  getBoard: onScope(),
  getColumn: onScope({ params: { stage: 'intake' } }),
  getHanding: onScope(),
  catchUp: onScope({ query: { after: '0' } }),
  findReferences: onScope({ query: { names: 'PT-1001' } }),
  searchScope: onScope({ query: { text: 'PT-1001' } }),
  listActivity: onScope(),
  changesSince: onScope({ query: { from: '0' } }),
  boardAt: onScope(),
  columnAt: onScope({ params: { stage: 'intake' }, query: { seq: '1' } }),
  noteVisit: onScope({ body: { seq: 1 } }),
  getAgenda: onScope(),
  listStandups: onScope(),
  listExceptions: onScope(),
  exceptionLedger: onScope({ query: { from: '2026-01-01', to: '2026-01-31' } }),
  listWaivers: onScope(),
  setDuties: async (ctx) => {
    const { users, server } = ctx;
    const { id } = await addMember(server.services, users.organisation, 'New Hand', `${randomUUID()}@works.example`);
    const body = { from: [], to: ['observer'] };
    return { by: users.lead, unable: users.observer, params: { scope: users.scope, person: id }, body };
  },
  createRecord: (ctx) => ({
    ...onScope({ body: { data: vehicle() } })(ctx),
    unable: ctx.users.observer,
  }),
  getRecord: onRecord(),
  moveRecord: async (ctx) => {
    const { id } = await readyRecord(ctx);
    const { lead: by, observer: unable } = ctx.users;
    return { by, unable, params: { record: id }, body: { from: 'intake', to: 'data' } };
  },
  editData: async ({ users }) => {
    const { id } = await staffedRecord(users);
    const edits = [{ path: 'CocDataGroup/MaximumSpeed', from: '180', to: '185' }];
    return { by: users.dataOwner, unable: users.observer, params: { record: id }, body: { edits } };
  },
  assignDuty: async (ctx) => ({
    ...(await onRecord({ body: { duty: 'reviewer', from: null, to: ctx.users.reviewer.id } })(ctx)),
    unable: ctx.users.observer,
  }),
  handOver: async (ctx) => ({
    ...(await onRecord({ body: { from: null, to: ctx.users.lead.id, what: 'look', due: null } })(ctx)),
    unable: ctx.users.observer,
  }),
  planRelease: async (ctx) => ({
    ...(await onRecord({ body: { from: null, to: inDays(ctx, 30) } })(ctx)),
    unable: ctx.users.observer,
  }),
  reviewRecord: async (ctx) => {
    const { id } = await recordIn(ctx, 'review');
    const body = { revision: 1, outcome: 'accepted', note: null };
    return { by: ctx.users.reviewer, unable: ctx.users.observer, params: { record: id }, body };
  },
  listRevisions: onRecord(),
  getRevision: onRecord({ params: { revision: '1' } }),
  compareRevisions: onRecord({ query: { from: '1', to: '1' } }),
  standupsOfRecord: onRecord(),
  moveRecords: async (ctx) => {
    const { id } = await readyRecord(ctx);
    const body = { to: 'data', records: [{ record: id, from: 'intake' }] };
    return { ...onScope({ body })(ctx), unable: ctx.users.observer };
  },
  handOverRecords: async (ctx) => {
    const records = [unowned(await newRecord(ctx.users))];
    const body = { to: ctx.users.lead.id, what: 'look', due: null, records };
    return { ...onScope({ body })(ctx), unable: ctx.users.observer };
  },
  takeBack: async (ctx) => {
    const { users } = ctx;
    const operation = randomUUID();
    const { id } = await newRecord(users);
    const body = { from: null, to: users.lead.id, what: 'look', due: null };
    await users.lead.call('post /api/records/{record}/next-action', { params: { record: id }, body, operation });
    return { by: users.lead, params: { operation } };
  },
  raiseException: async (ctx) => ({
    ...(await onRecord({ body: { kind: 'other', cause: 'x', waitingFor: null, owner: null, until: null } })(ctx)),
    unable: ctx.users.observer,
  }),
  changeException: async (ctx) => {
    const body = { severity: { from: 'major', to: 'minor' } };
    return { by: ctx.users.lead, unable: ctx.users.observer, params: await raised(ctx), body };
  },
  closeException: async (ctx) => {
    const { lead: by, observer: unable } = ctx.users;
    return { by, unable, params: await raised(ctx), body: { resolution: 'done' } };
  },
  reopenException: async (ctx) => {
    const params = await raised(ctx);
    const { lead: by, observer: unable } = ctx.users;
    const close = 'post /api/records/{record}/exceptions/{exception}/close';
    await by.call(close, { params, body: { resolution: 'done' } });
    return { by, unable, params, body: { why: 'it came back' } };
  },
  changeExceptions: async (ctx) => {
    const { exception } = await raised(ctx);
    const body = { exceptions: [{ exception }], act: { kind: 'close', resolution: 'done' } };
    return { ...onScope({ body })(ctx), unable: ctx.users.observer };
  },
  checkImport: (ctx) => ({
    ...onScope({ query: { file: 'list.csv' }, file: csv() })(ctx),
    unable: ctx.users.observer,
  }),
  getImport: async (ctx) => ({ by: ctx.users.lead, params: { import: await imported(ctx) } }),
  listImportRows: async (ctx) => ({ by: ctx.users.lead, params: { import: await imported(ctx) } }),
  applyImport: async (ctx) => {
    const { lead: by, observer: unable } = ctx.users;
    return { by, unable, params: { import: await imported(ctx) } };
  },
  proposeWaivers: async (ctx) => {
    const { id } = await withoutMass(ctx);
    return { by: ctx.users.dataOwner, unable: ctx.users.observer, ...asking(ctx, [id]) };
  },
  decideWaiver: async (ctx) => {
    const waiver = await proposed(ctx, (await withoutMass(ctx)).id);
    const { lead: by, observer: unable } = ctx.users;
    return { by, unable, params: { waiver }, body: { approve: true, note: null } };
  },
  extendWaiver: async (ctx) => {
    const { waiver } = await waived(ctx);
    const body = { endsOn: inDays(ctx, 60), reason: 'takes longer' };
    return { by: ctx.users.dataOwner, unable: ctx.users.observer, params: { waiver }, body };
  },
  revokeWaiver: async (ctx) => {
    const { waiver } = await waived(ctx);
    return { by: ctx.users.lead, unable: ctx.users.observer, params: { waiver }, body: { why: 'weighed' } };
  },
  startStandup: async (ctx) => {
    const { lead: by, observer: unable } = ctx.users;
    await endOpen(ctx);
    return { by, unable, params: { scope: ctx.users.scope }, body: {} };
  },
  getStandup: async (ctx) => ({ by: ctx.users.lead, params: { standup: (await standupOn(ctx)).id } }),
  getMinutes: async (ctx) => {
    const standup = await standupOn(ctx);
    await ctx.users.lead.call('post /api/standups/{standup}/end', leading(standup));
    return { by: ctx.users.lead, params: { standup: standup.id } };
  },
  joinStandup: async (ctx) => ({
    by: ctx.users.reviewer,
    params: { standup: (await standupOn(ctx)).id },
    body: {},
  }),
  leaveStandup: async (ctx) => {
    const standup = await standupOn(ctx);
    await join(ctx.users.reviewer, standup);
    return { by: ctx.users.reviewer, params: { standup: standup.id }, body: {} };
  },
  walkStandup: async (ctx) => {
    const { id } = await newRecord(ctx.users);
    const { id: second } = await newRecord(ctx.users);
    const standup = await started(ctx, ctx.users.lead, [id, second]);
    return { by: ctx.users.lead, ...walking(standup, 1) };
  },
  leadStandup: async (ctx) => {
    const standup = await standupOn(ctx);
    return { by: ctx.users.lead, unable: ctx.users.observer, ...leading(standup) };
  },
  endStandup: async (ctx) => ({ by: ctx.users.lead, ...leading(await standupOn(ctx)) }),
  decideInStandup: async (ctx) => {
    const asked = deciding(await standupOn(ctx), 0, { kind: 'nothing', note: 'waits' });
    return { by: ctx.users.lead, unable: ctx.users.observer, ...asked };
  },
};

/** A request that succeeds, for every route of the API. */
export const everyRequest: Requests = { ...scopeRequests, ...organisationRequests };
