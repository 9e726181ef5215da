import type { BoardEvent, EventBody, EventFact, EventKind } from '#shared/contract/event.ts';
import type { Card } from '#shared/contract/record.ts';
import type { ChangedRecord, ChangeKind, ChangeTotals, RecordChange } from '#shared/contract/since.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { isForward } from './operating-model.ts';

/** The fields of an event that the fold reads. `card`: the record's card after the event; null: it was not stored. */
export type ChangeFact = EventFact &
  Pick<BoardEvent, 'seq' | 'at' | 'actor' | 'record'> & { card: Pick<Card, 'blocked'> | null };

/** Everything that changed after a given sequence number, up to `seq`. */
export interface Changes {
  readonly seq: number;
  readonly records: ReadonlyMap<string, ChangedRecord>;
}

export const noChanges = (seq: number): Changes => ({ seq, records: new Map() });

/** Adds further events, in order. Idempotent: events up to `seq` are ignored. */
export function withChanges(changes: Changes, events: readonly ChangeFact[]): Changes {
  const records = new Map(changes.records);
  let { seq } = changes;
  for (const event of events) {
    if (event.seq <= seq) continue;
    ({ seq } = event);
    const eventChanges = changesIn(event, event.card);
    if (!event.record || eventChanges.length === 0) continue;
    const { record, at, actor: by } = event;
    const before = records.get(record.id) ?? { record, created: false, stage: null, blocked: null, changes: [] };
    const lines = eventChanges.map((change): RecordChange => ({ ...plain, ...change, seq, at, by }));
    records.delete(record.id);
    records.set(record.id, {
      ...lines.reduce(standing, before),
      changes: [...before.changes, ...lines],
    });
  }
  return { seq, records };
}

/** The changed records, most recently changed first. */
export const changedRecords = ({ records }: Changes): ChangedRecord[] => [...records.values()].reverse();

export function changeTotals({ records }: Changes): ChangeTotals {
  const all = [...records.values()];
  const count = (passes: (one: ChangedRecord) => boolean) => all.filter(passes).length;
  const having = (...kinds: ChangeKind[]) => count(({ changes }) => changes.some(({ kind }) => kinds.includes(kind)));
  const went = (forward: boolean) =>
    count(({ stage }) => stage !== null && stage.from !== stage.to && isForward(stage.from, stage.to) === forward);
  return {
    records: all.length,
    created: count(({ created }) => created),
    movedOn: went(true),
    movedBack: went(false),
    blocked: count(({ blocked }) => blocked !== null && !blocked.from && blocked.to),
    freed: count(({ blocked }) => blocked !== null && blocked.from && !blocked.to),
    handedOver: having('handedOver'),
    assigned: having('assigned'),
    edited: having('edited'),
    judged: having('gatesShut', 'gatesOpened'),
    commented: having('commented'),
  };
}

/** The most important difference from the earlier state: the only one that a card has space for. */
export function mainChange({ created, stage, blocked, changes }: ChangedRecord): RecordChange {
  const last = (...kinds: ChangeKind[]) => changes.findLast(({ kind }) => kinds.includes(kind));
  return (
    (blocked?.from === false && blocked.to ? last('blocked') : undefined) ??
    (stage && stage.from !== stage.to ? last('movedOn', 'movedBack') : undefined) ??
    (blocked?.from && !blocked.to ? last('freed') : undefined) ??
    (created ? last('created') : undefined) ??
    changes.at(-1)!
  );
}

type Said = Pick<RecordChange, 'kind'> & Partial<Pick<RecordChange, 'about' | 'from' | 'to' | 'stages'>>;

const plain = { about: null, from: null, to: null, stages: [] };

/** Applies one more change: the first known state is kept, the last known state is updated. */
function standing(record: ChangedRecord, { kind, from, to }: RecordChange): ChangedRecord {
  if (kind === 'created') return { ...record, created: true };
  if (kind === 'movedOn' || kind === 'movedBack')
    return { ...record, stage: { from: record.stage?.from ?? (from as StageKey), to: to as StageKey } };
  if (kind === 'blocked' || kind === 'freed') {
    const now = kind === 'blocked';
    return { ...record, blocked: { from: record.blocked?.from ?? !now, to: now } };
  }
  return record;
}

type Reader<K extends EventKind> = (body: EventBody<K>, card: ChangeFact['card']) => Said[];

/** The changes that an event describes. An unknown kind from a newer server yields no changes. */
const changesIn = <K extends EventKind>({ kind, body }: EventFact<K>, card: ChangeFact['card']): Said[] =>
  readers[kind]?.(body, card) ?? [];

const isFirst = (card: ChangeFact['card']) => card === null || card.blocked.count === 1;
const blocks: Reader<'exception.raised' | 'exception.reopened'> = ({ cause }, card) => [
  { kind: isFirst(card) ? 'blocked' : 'exceptionRaised', about: cause },
];
const waiver =
  (to: string) =>
  ({ rule }: { rule: string }): Said[] => [{ kind: 'waiverChanged', about: rule, to }];
/** The event has no change that is relevant to a record. */
const nothing = (): Said[] => [];

const readers: { [K in EventKind]: Reader<K> } = {
  'record.created': ({ after }) => [{ kind: 'created', to: after.stage }],
  'record.moved': ({ before: { stage: from }, after: { stage: to }, reason = null }) =>
    from === to ? [] : [{ kind: isForward(from, to) ? 'movedOn' : 'movedBack', about: reason, from, to }],
  'exception.raised': blocks,
  'exception.reopened': blocks,
  'exception.closed': ({ cause }, card) => [{ kind: card?.blocked.count ? 'exceptionClosed' : 'freed', about: cause }],
  'exception.changed': ({ cause }) => [{ kind: 'exceptionChanged', about: cause }],
  'record.handedOver': ({ before, after }) => [
    { kind: 'handedOver', about: after.what, from: before.owner, to: after.owner },
  ],
  'record.assigned': ({ duty, before, after }) => [{ kind: 'assigned', about: duty, from: before, to: after }],
  'record.edited': ({ edits }) => [{ kind: 'edited', about: String(edits.length) }],
  'record.reviewed': ({ outcome, note }) => [{ kind: outcome, about: note }],
  'record.judged': ({ cause, shut, opened }) => [
    ...(shut.length > 0 ? [{ kind: 'gatesShut' as const, about: cause, stages: shut }] : []),
    ...(opened.length > 0 ? [{ kind: 'gatesOpened' as const, about: cause, stages: opened }] : []),
  ],
  'document.changed': ({ before, after }) => documentChanges(before, after),
  'record.releasePlanned': ({ before, after }) => [{ kind: 'releasePlanned', from: before, to: after }],
  'waiver.proposed': waiver('proposed'),
  'waiver.approved': waiver('approved'),
  'waiver.refused': waiver('refused'),
  'waiver.revoked': waiver('revoked'),
  'waiver.expired': waiver('expired'),
  'organisation.created': nothing,
  'organisation.timeZoneSet': nothing,
  'person.invited': nothing,
  'invitation.revoked': nothing,
  'person.joined': nothing,
  'person.renamed': nothing,
  'person.removed': nothing,
  'scope.created': nothing,
  'duties.changed': nothing,
  'record.renumbered': nothing,
  'import.applied': nothing,
  'mapping.saved': nothing,
  'approval.registered': nothing,
  'approval.changed': nothing,
  'approval.withdrawn': nothing,
  'approval.fileAdded': nothing,
  'rules.changed': nothing,
  'absence.changed': nothing,
  'standup.started': nothing,
  'standup.joined': nothing,
  'standup.left': nothing,
  'standup.walked': nothing,
  'standup.led': nothing,
  'standup.decided': nothing,
  'standup.ended': nothing,
};

type Tallies = EventBody<'document.changed'>['before'];

function documentChanges(before: Tallies, after: Tallies): Said[] {
  const stated: Said[] = [];
  if (after.count > before.count) stated.push({ kind: 'commented' });
  if (after.unresolved < before.unresolved) stated.push({ kind: 'resolved' });
  if (after.done !== before.done) stated.push({ kind: 'ticked', from: String(before.done), to: String(after.done) });
  return stated;
}
