import type * as Y from 'yjs';
import type { Card, DataTree } from '#shared/contract/record.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { setAt } from '#shared/domain/data-tree.ts';
import { nextStage, stageKeys } from '#shared/domain/operating-model.ts';
import { vinPath } from '#shared/domain/rules/vin.ts';
import { writeDocument } from '#server/documents/write-document.ts';
import type { Client } from './client.ts';
import type { SeededOrganisation } from './seed-organisation.ts';
import type { TestContext } from './context.ts';
import { vehicleNumbered, type Changes, type VehicleKind } from './vehicles.ts';

let vehicles = 0;

/** The data of a new vehicle; every gate accepts it except for the changes (null removes). */
export function vehicle(changes: Changes = {}, kind: VehicleKind = 'pure electric car'): DataTree {
  const whole = vehicleNumbered(kind, ++vehicles);
  return Object.entries(changes).reduce((data, [path, value]) => setAt(data, path, value), whole);
}

export const withoutVin = () => vehicle({ [vinPath]: null });

/** A record in intake, created by the data owner. */
export async function newRecord(
  users: SeededOrganisation,
  data: DataTree = vehicle(),
  creator: Client = users.dataOwner,
): Promise<Card> {
  const { card } = await creator.call('post /api/scopes/{scope}/records', {
    params: { scope: users.scope },
    body: { data },
  });
  return card;
}

/** A record whose four duties are assigned to people of the organisation. */
export async function staffedRecord(users: SeededOrganisation, data: DataTree = vehicle()): Promise<Card> {
  let card = await newRecord(users, data);
  for (const duty of ['dataOwner', 'reviewer', 'outputPreparer', 'signatory'] as const) {
    ({ card } = await users.lead.call('post /api/records/{record}/duties', {
      params: { record: card.id },
      body: { duty, from: null, to: users[duty].id },
    }));
  }
  return card;
}

/** Moves a new record to a stage as people do: staffed, ticked, reviewed, gate by gate. */
export async function recordIn({ server, users }: TestContext, stage: StageKey): Promise<Card> {
  let card = await staffedRecord(users);
  while (card.stage !== stage) card = await advance({ server, users }, card);
  return card;
}

/** Meets the requirements of the next gate and moves on. */
export async function advance({ server, users }: TestContext, card: Card): Promise<Card> {
  await tickAll({ server, users }, card.id, card.stage);
  if (card.stage === 'review') await accept(users, card);
  return (await move(users.lead, card, nextStage(card.stage)!)).card;
}

/** Ticks every item of a stage's checklist, or of all stages, in the record's document. */
export function tickAll(ctx: TestContext, record: string, stage?: StageKey): Promise<void> {
  return setTicks(ctx, record, true, stage);
}

export function untick(ctx: TestContext, record: string, stage: StageKey): Promise<void> {
  return setTicks(ctx, record, false, stage);
}

async function setTicks({ server, users }: TestContext, record: string, on: boolean, stage?: StageKey): Promise<void> {
  const { id, name } = users.lead;
  const tick = on ? { by: id, at: server.services.now().toISOString() } : null;
  await writeDocument(server.services, { id, name }, record, (doc) => {
    for (const item of doc.getMap<Y.Map<unknown>>('checklist').values()) {
      if (!stage || item.get('stage') === stage) item.set('tick', tick);
    }
  });
}

export const move = (mover: Client, card: Card, to: StageKey, more: { after?: string | null; reason?: string } = {}) =>
  mover.call('post /api/records/{record}/move', {
    params: { record: card.id },
    body: { from: card.stage, to, ...more },
  });

export async function accept(users: SeededOrganisation, card: Card): Promise<void> {
  const { revision } = await users.reviewer.call('get /api/records/{record}', { params: { record: card.id } });
  await users.reviewer.call('post /api/records/{record}/reviews', {
    params: { record: card.id },
    body: { revision, outcome: 'accepted', note: null },
  });
}

/** The stage from which a move checks only the gate of this one. */
export const stageBefore = (stage: StageKey): StageKey => stageKeys[stageKeys.indexOf(stage) - 1]!;

/** A record that meets the requirements of every gate and is still in intake. */
export async function readyRecord(ctx: TestContext, data: DataTree = vehicle()): Promise<Card> {
  const card = await staffedRecord(ctx.users, data);
  await tickAll(ctx, card.id);
  await accept(ctx.users, card);
  return card;
}
