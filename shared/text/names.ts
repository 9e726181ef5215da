import type { Duty } from '#shared/contract/duty.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import type { AgendaReason } from '#shared/contract/standup.ts';
import type { Entry } from '#shared/domain/catalogue/entry.ts';
import type { ChecklistItemId } from '#shared/domain/operating-model.ts';
import type { Permission } from '#shared/domain/ownership.ts';
import { readRejudgeCause, type RejudgeCause } from '#shared/domain/rejudge-cause.ts';
import { texts } from './language.ts';

/** The name of a stage. */
export const stageName = (stage: StageKey): string => texts().stages[stage];

/** The name of a permission, as the continuation of "can": `edit the data`. */
export const actName = (act: Permission): string => texts().acts[act];

/** Why a record is on the agenda of a standup. */
export const agendaReason = ({ kind, params }: AgendaReason): string => texts().agendaReasons[kind](params);

/** The name of a duty within a sentence. */
export const dutyName = (duty: Duty): string => texts().duties[duty];

/** The name of a duty on its own, for example in a column header. */
export function dutyTitle(duty: Duty): string {
  const name = dutyName(duty);
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/**
 * The title of a checklist item. `stored`: the title in an old document that still contains titles; used for items that
 * the product no longer has.
 */
export const checklistTitle = (item: string, stored?: unknown): string =>
  texts().checklist[item as ChecklistItemId] ?? (typeof stored === 'string' && stored !== '' ? stored : item);

/** Why a record was rejudged, by its stored code; an unknown code of another version is returned unchanged. */
export function rejudgeCauseLabel(code: string): string {
  const cause = readRejudgeCause(code);
  const words = texts().rejudgeCauses as Record<string, (of: RejudgeCause) => string>;
  return cause === null ? code : words[cause.kind]!(cause);
}

/** The name of an entry of the certificate, by its key. */
export const entryName = (key: string): string => texts().entryNames[key] ?? key;

/** The number and name of an entry: `13.2 Actual mass`. */
export const entryTitle = ({ key, number }: Pick<Entry, 'key' | 'number'>): string =>
  number === null ? entryName(key) : `${number} ${entryName(key)}`;

/** The requirement of a rule, as a sentence: `The VIN holds no I, O or Q.` */
export function ruleAsks(rule: string): string {
  const asks = texts().ruleAsks[rule] ?? rule;
  return `${asks[0]!.toUpperCase()}${asks.slice(1)}.`;
}

/** Why an organisation cannot change a fixed rule; empty for any other rule. */
export const whyFixed = (rule: string): string => texts().whyFixed[rule] ?? '';
