import type { BoardEvent } from '#shared/contract/event.ts';
import type { Card } from '#shared/contract/record.ts';
import type { ChangedRecord, ChangeKind, ChangeTotals, RecordChange } from '#shared/contract/since.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { isForward } from './operating-model.ts';

/** What the fold reads of an event. `card`: the record's card after it; null: not kept. */
export type ChangeFact = Pick<BoardEvent, 'seq' | 'at' | 'kind' | 'actor' | 'record' | 'body'> & {
  card: Pick<Card, 'blocked'> | null;
};

/** Everything that changed after a number, up to `seq`. */
export interface Changes {
  readonly seq: number;
  readonly records: ReadonlyMap<string, ChangedRecord>;
}

export const noChanges = (seq: number): Changes => ({ seq, records: new Map() });

/** Takes further events, in order; one that is already in it changes nothing. */
export function withChanges(changes: Changes, events: readonly ChangeFact[]): Changes {
  const records = new Map(changes.records);
  let { seq } = changes;
  for (const event of events) {
    if (event.seq <= seq) continue;
    ({ seq } = event);
    const said = changesIn(event);
    if (!event.record || said.length === 0) continue;
    const { record, at, actor: by } = event;
    const before = records.get(record.id) ?? { record, created: false, stage: null, blocked: null, changes: [] };
    const lines = said.map((change): RecordChange => ({ ...plain, ...change, seq, at, by }));
    records.delete(record.id);
    records.set(record.id, {
      ...lines.reduce(standing, before),
      changes: [...before.changes, ...lines],
    });
  }
  return { seq, records };
}

/** Those last changed first. */
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

/** The one thing a card has room for: what weighs most of how it differs from then. */
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

/** How one more change leaves the record: first known against last known. */
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

/** What an event says happened to its record; empty for what changes nothing that people look at. */
function changesIn({ kind, body, card }: ChangeFact): Said[] {
  const [before, after] = [body['before'], body['after']];
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  const open = card?.blocked.count;
  switch (kind) {
    case 'record.created':
      return [{ kind: 'created', to: text((after as { stage?: string } | undefined)?.stage) }];
    case 'record.moved': {
      const [from, to] = [(before as { stage: StageKey }).stage, (after as { stage: StageKey }).stage];
      return from === to
        ? []
        : [{ kind: isForward(from, to) ? 'movedOn' : 'movedBack', about: text(body['reason']), from, to }];
    }
    case 'exception.raised':
    case 'exception.reopened':
      return [{ kind: open === undefined || open === 1 ? 'blocked' : 'exceptionRaised', about: text(body['cause']) }];
    case 'exception.closed':
      return [{ kind: open ? 'exceptionClosed' : 'freed', about: text(body['cause']) }];
    case 'exception.changed':
      return [{ kind: 'exceptionChanged', about: text(body['cause']) }];
    case 'record.handedOver': {
      const [was, is] = [before as { owner: string | null }, after as { owner: string | null; what: string | null }];
      return [{ kind: 'handedOver', about: is.what, from: was.owner, to: is.owner }];
    }
    case 'record.assigned':
      return [{ kind: 'assigned', about: text(body['duty']), from: text(before), to: text(after) }];
    case 'record.edited':
      return [{ kind: 'edited', about: String((body['edits'] as unknown[] | undefined)?.length ?? 1) }];
    case 'record.reviewed':
      return [{ kind: body['outcome'] === 'accepted' ? 'accepted' : 'returned', about: text(body['note']) }];
    case 'record.judged':
      return (['gatesShut', 'gatesOpened'] as const).flatMap((turned): Said[] => {
        const stages = (body[turned === 'gatesShut' ? 'shut' : 'opened'] ?? []) as StageKey[];
        return stages.length > 0 ? [{ kind: turned, about: text(body['cause']), stages }] : [];
      });
    case 'document.changed':
      return documentChanges(before as Tallies, after as Tallies);
    case 'record.releasePlanned':
      return [{ kind: 'releasePlanned', from: text(before), to: text(after) }];
    case 'waiver.proposed':
    case 'waiver.approved':
    case 'waiver.refused':
    case 'waiver.revoked':
    case 'waiver.expired':
      return [{ kind: 'waiverChanged', about: text(body['rule']), to: kind.slice('waiver.'.length) }];
    default:
      return [];
  }
}

interface Tallies {
  done: number;
  count: number;
  unresolved: number;
}

function documentChanges(before: Tallies, after: Tallies): Said[] {
  const said: Said[] = [];
  if (after.count > before.count) said.push({ kind: 'commented' });
  if (after.unresolved < before.unresolved) said.push({ kind: 'resolved' });
  if (after.done !== before.done) said.push({ kind: 'ticked', from: String(before.done), to: String(after.done) });
  return said;
}
