import type { ChangedRecord, ChangeKind, ChangeTotals, RecordChange } from '#shared/contract/since.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { mainChange } from '#shared/domain/changes-since.ts';
import type { Duty } from '#shared/contract/duty.ts';
import { dutyTitle, stageName } from '#shared/text/names.ts';
import { clockLabel, dayLabel, localDay, momentLabel } from '#lib/moment-labels.ts';
import { m } from '#lib/paraglide/messages.js';

type PersonName = (id: string | null) => string | undefined;

/** `yesterday 09:15`. `now` in milliseconds. */
export function sinceLabel(at: string, now: number): string {
  const day = localDay(at);
  const time = clockLabel(at);
  const daysAgo = (days: number) => localDay(new Date(now - days * 86_400_000).toISOString());
  if (day === daysAgo(0)) return m.since_moment_today({ time });
  if (day === daysAgo(1)) return m.since_moment_yesterday({ time });
  return momentLabel(at);
}

const total: Record<Exclude<keyof ChangeTotals, 'records'>, (of: { count: number }) => string> = {
  movedOn: m.since_total_movedOn,
  movedBack: m.since_total_movedBack,
  blocked: m.since_total_blocked,
  freed: m.since_total_freed,
  created: m.since_total_created,
  handedOver: m.since_total_handedOver,
  assigned: m.since_total_assigned,
  edited: m.since_total_edited,
  judged: m.since_total_judged,
  commented: m.since_total_commented,
};

/** `14 moved on, 3 blocked, 2 came free`; empty where nothing changed. */
export function totalsLabel(totals: ChangeTotals): string {
  const message = Object.entries(total)
    .map(([key, says]) => [totals[key as keyof typeof total], says] as const)
    .filter(([count]) => count > 0)
    .map(([count, says]) => says({ count }));
  if (message.length === 0 && totals.records > 0) return m.since_total_other({ count: totals.records });
  return message.join(', ');
}

/** `Data to Review, by Ingrid Sørensen (+2)`: the most important change, and how many more there are. */
export function changedRecordLabel(record: ChangedRecord, person: PersonName): string {
  const change = byLabel(mainChange(record), person);
  const count = record.changes.length - 1;
  return count > 0 ? m.since_more({ change, count }) : change;
}

export function byLabel(change: RecordChange, person: PersonName): string {
  return m.since_by({ change: changeLabel(change, person), name: change.by?.name ?? m.app_the_system_inline() });
}

/** `Data to Review`. */
export function changeLabel(change: RecordChange, person: PersonName): string {
  return words[change.kind](change, (id) => person(id) ?? m.app_nobody_inline());
}

type Words = (change: RecordChange, person: (id: string | null) => string) => string;

const stage = (key: string | null) => stageName(key as StageKey);
const cause = ({ about }: RecordChange) => ({ cause: about ?? '' });
const stages = (change: RecordChange) => ({ stages: change.stages.map(stage).join(', ') });
const day = (value: string | null) => (value ? dayLabel(value) : m.since_no_day());

const words: Record<ChangeKind, Words> = {
  created: () => m.app_new(),
  movedOn: ({ from, to }) => m.app_from_to({ from: stage(from), to: stage(to) }),
  movedBack: ({ from, to }) => m.since_change_movedBack({ from: stage(from), to: stage(to) }),
  blocked: (change) => m.since_change_blocked(cause(change)),
  freed: (change) => m.since_change_freed(cause(change)),
  exceptionRaised: (change) => m.since_change_exceptionRaised(cause(change)),
  exceptionClosed: (change) => m.since_change_exceptionClosed(cause(change)),
  exceptionChanged: (change) => m.since_change_exceptionChanged(cause(change)),
  handedOver: ({ about, from, to }, person) =>
    from === to
      ? m.since_change_handedOver_same({ what: about ?? m.app_none_inline() })
      : m.since_change_handedOver({ from: person(from), to: person(to) }),
  assigned: ({ about, from, to }, person) =>
    m.since_change_assigned({ duty: dutyTitle(about as Duty), from: person(from), to: person(to) }),
  edited: ({ about }) => m.since_change_edited({ count: Number(about) }),
  accepted: () => m.since_change_accepted(),
  returned: () => m.since_change_returned(),
  gatesShut: (change) => m.since_change_gatesShut(stages(change)),
  gatesOpened: (change) => m.since_change_gatesOpened(stages(change)),
  commented: () => m.since_change_commented(),
  resolved: () => m.since_change_resolved(),
  ticked: ({ from, to }) => m.since_change_ticked({ from: from ?? '', to: to ?? '' }),
  waiverChanged: ({ about, to }) => m.since_change_waiverChanged({ rule: about ?? '', state: to ?? '' }),
  releasePlanned: ({ from, to }) => m.since_change_releasePlanned({ from: day(from), to: day(to) }),
};
