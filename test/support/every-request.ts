import { randomUUID } from 'node:crypto';
import type { Routes } from '#shared/contract/routes/all.ts';
import type { Card } from '#shared/contract/record.ts';
import type { Client } from './client.ts';
import { addMember } from './founding.ts';
import type { Ground } from './ground.ts';
import { handedIn } from './import.ts';
import { organisationRequests } from './every-organisation-request.ts';
import { newRecord, readyRecord, recordIn, staffedRecord, vehicle } from './records.ts';
import { deciding, endOpen, join, leading, started, walking } from './standups.ts';
import { asking, inDays, proposed, waived, withoutMass } from './waivers.ts';

/** One request of a route that succeeds, on something made for it alone. */
export interface EveryRequest {
  by: Client;
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  file?: Blob;
  /** A person who sees what it is about, and may not do it; left out: everybody who sees it may. */
  unable?: Client;
}

export type Requests<Name extends keyof Routes = keyof Routes> = Partial<
  Record<Name, (ground: Ground) => EveryRequest | Promise<EveryRequest>>
>;

const onScope =
  (more: Omit<EveryRequest, 'by'> = {}) =>
  ({ cast }: Ground): EveryRequest => ({ by: cast.lead, ...more, params: { scope: cast.scope, ...more.params } });

const onRecord =
  (more: Omit<EveryRequest, 'by'> = {}) =>
  async ({ cast }: Ground): Promise<EveryRequest> => {
    const { id } = await newRecord(cast);
    return { by: cast.lead, ...more, params: { record: id, ...more.params } };
  };

async function raised({ cast }: Ground): Promise<{ record: string; exception: string }> {
  const { id } = await staffedRecord(cast);
  const body = { kind: 'other' as const, cause: randomUUID(), waitingFor: null, owner: null, until: null };
  const { exception } = await cast.lead.call('post /api/records/{record}/exceptions', { params: { record: id }, body });
  return { record: id, exception };
}

async function standupOn(ground: Ground) {
  const { id } = await newRecord(ground.cast);
  return started(ground, ground.cast.lead, [id]);
}

let refs = 0;
const csv = () =>
  new Blob([`VFN,Man,Tan,T,Va,Ve,Mk,Cn,Ct\nER-${++refs},WORKS,e1*2007/46*1234*01,T1,V1,W1,NORDHAVN,SUND,M1\n`]);

async function imported({ cast }: Ground): Promise<string> {
  return (await handedIn(cast.lead, cast.scope, await csv().text())).id;
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
  setDuties: async (ground) => {
    const { cast, server } = ground;
    const { id } = await addMember(server.services, cast.organisation, 'New Hand', `${randomUUID()}@works.example`);
    const body = { from: [], to: ['observer'] };
    return { by: cast.lead, unable: cast.observer, params: { scope: cast.scope, person: id }, body };
  },
  createRecord: (ground) => ({
    ...onScope({ body: { data: vehicle() } })(ground),
    unable: ground.cast.observer,
  }),
  getRecord: onRecord(),
  moveRecord: async (ground) => {
    const { id } = await readyRecord(ground);
    const { lead: by, observer: unable } = ground.cast;
    return { by, unable, params: { record: id }, body: { from: 'intake', to: 'data' } };
  },
  editData: async ({ cast }) => {
    const { id } = await staffedRecord(cast);
    const edits = [{ path: 'CocDataGroup/MaximumSpeed', from: '180', to: '185' }];
    return { by: cast.dataOwner, unable: cast.observer, params: { record: id }, body: { edits } };
  },
  assignDuty: async (ground) => ({
    ...(await onRecord({ body: { duty: 'reviewer', from: null, to: ground.cast.reviewer.id } })(ground)),
    unable: ground.cast.observer,
  }),
  handOver: async (ground) => ({
    ...(await onRecord({ body: { from: null, to: ground.cast.lead.id, what: 'look', due: null } })(ground)),
    unable: ground.cast.observer,
  }),
  planRelease: async (ground) => ({
    ...(await onRecord({ body: { from: null, to: inDays(ground, 30) } })(ground)),
    unable: ground.cast.observer,
  }),
  reviewRecord: async (ground) => {
    const { id } = await recordIn(ground, 'review');
    const body = { revision: 1, outcome: 'accepted', note: null };
    return { by: ground.cast.reviewer, unable: ground.cast.observer, params: { record: id }, body };
  },
  listRevisions: onRecord(),
  getRevision: onRecord({ params: { revision: '1' } }),
  compareRevisions: onRecord({ query: { from: '1', to: '1' } }),
  standupsOfRecord: onRecord(),
  moveRecords: async (ground) => {
    const { id } = await readyRecord(ground);
    const body = { to: 'data', records: [{ record: id, from: 'intake' }] };
    return { ...onScope({ body })(ground), unable: ground.cast.observer };
  },
  handOverRecords: async (ground) => {
    const records = [unowned(await newRecord(ground.cast))];
    const body = { to: ground.cast.lead.id, what: 'look', due: null, records };
    return { ...onScope({ body })(ground), unable: ground.cast.observer };
  },
  takeBack: async (ground) => {
    const { cast } = ground;
    const operation = randomUUID();
    const { id } = await newRecord(cast);
    const body = { from: null, to: cast.lead.id, what: 'look', due: null };
    await cast.lead.call('post /api/records/{record}/next-action', { params: { record: id }, body, operation });
    return { by: cast.lead, params: { operation } };
  },
  raiseException: async (ground) => ({
    ...(await onRecord({ body: { kind: 'other', cause: 'x', waitingFor: null, owner: null, until: null } })(ground)),
    unable: ground.cast.observer,
  }),
  changeException: async (ground) => {
    const body = { severity: { from: 'major', to: 'minor' } };
    return { by: ground.cast.lead, unable: ground.cast.observer, params: await raised(ground), body };
  },
  closeException: async (ground) => {
    const { lead: by, observer: unable } = ground.cast;
    return { by, unable, params: await raised(ground), body: { resolution: 'done' } };
  },
  reopenException: async (ground) => {
    const params = await raised(ground);
    const { lead: by, observer: unable } = ground.cast;
    const close = 'post /api/records/{record}/exceptions/{exception}/close';
    await by.call(close, { params, body: { resolution: 'done' } });
    return { by, unable, params, body: { why: 'it came back' } };
  },
  changeExceptions: async (ground) => {
    const { exception } = await raised(ground);
    const body = { exceptions: [{ exception }], act: { kind: 'close', resolution: 'done' } };
    return { ...onScope({ body })(ground), unable: ground.cast.observer };
  },
  checkImport: (ground) => ({
    ...onScope({ query: { file: 'list.csv' }, file: csv() })(ground),
    unable: ground.cast.observer,
  }),
  getImport: async (ground) => ({ by: ground.cast.lead, params: { import: await imported(ground) } }),
  listImportRows: async (ground) => ({ by: ground.cast.lead, params: { import: await imported(ground) } }),
  applyImport: async (ground) => {
    const { lead: by, observer: unable } = ground.cast;
    return { by, unable, params: { import: await imported(ground) } };
  },
  proposeWaivers: async (ground) => {
    const { id } = await withoutMass(ground);
    return { by: ground.cast.dataOwner, unable: ground.cast.observer, ...asking(ground, [id]) };
  },
  decideWaiver: async (ground) => {
    const waiver = await proposed(ground, (await withoutMass(ground)).id);
    const { lead: by, observer: unable } = ground.cast;
    return { by, unable, params: { waiver }, body: { approve: true, note: null } };
  },
  extendWaiver: async (ground) => {
    const { waiver } = await waived(ground);
    const body = { endsOn: inDays(ground, 60), reason: 'takes longer' };
    return { by: ground.cast.dataOwner, unable: ground.cast.observer, params: { waiver }, body };
  },
  revokeWaiver: async (ground) => {
    const { waiver } = await waived(ground);
    return { by: ground.cast.lead, unable: ground.cast.observer, params: { waiver }, body: { why: 'weighed' } };
  },
  startStandup: async (ground) => {
    const { lead: by, observer: unable } = ground.cast;
    await endOpen(ground);
    return { by, unable, params: { scope: ground.cast.scope }, body: {} };
  },
  getStandup: async (ground) => ({ by: ground.cast.lead, params: { standup: (await standupOn(ground)).id } }),
  getMinutes: async (ground) => {
    const standup = await standupOn(ground);
    await ground.cast.lead.call('post /api/standups/{standup}/end', leading(standup));
    return { by: ground.cast.lead, params: { standup: standup.id } };
  },
  joinStandup: async (ground) => ({
    by: ground.cast.reviewer,
    params: { standup: (await standupOn(ground)).id },
    body: {},
  }),
  leaveStandup: async (ground) => {
    const standup = await standupOn(ground);
    await join(ground.cast.reviewer, standup);
    return { by: ground.cast.reviewer, params: { standup: standup.id }, body: {} };
  },
  walkStandup: async (ground) => {
    const { id } = await newRecord(ground.cast);
    const { id: second } = await newRecord(ground.cast);
    const standup = await started(ground, ground.cast.lead, [id, second]);
    return { by: ground.cast.lead, ...walking(standup, 1) };
  },
  leadStandup: async (ground) => {
    const standup = await standupOn(ground);
    return { by: ground.cast.lead, unable: ground.cast.observer, ...leading(standup) };
  },
  endStandup: async (ground) => ({ by: ground.cast.lead, ...leading(await standupOn(ground)) }),
  decideInStandup: async (ground) => {
    const asked = deciding(await standupOn(ground), 0, { kind: 'nothing', note: 'waits' });
    return { by: ground.cast.lead, unable: ground.cast.observer, ...asked };
  },
};

/** A request that succeeds, for every route of the API. */
export const everyRequest: Requests = { ...scopeRequests, ...organisationRequests };
