import type { Duty } from '#shared/contract/duty.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import type { AgendaReason } from '#shared/contract/standup.ts';
import type { Entry } from '#shared/domain/catalogue/entry.ts';
import type { ChecklistItemId } from '#shared/domain/operating-model.ts';
import type { Permission } from '#shared/domain/ownership.ts';
import { readRejudgeCause, type RejudgeCause } from '#shared/domain/rejudge-cause.ts';
import { texts } from './language.ts';

/** What a stage is called. */
export const stageName = (stage: StageKey): string => texts().stages[stage];

/** What a person does, continuing "can": `edit the data`. */
export const actName = (act: Permission): string => texts().acts[act];

/** Why a record is on the agenda of a standup. */
export const agendaReason = ({ kind, params }: AgendaReason): string => texts().agendaReasons[kind](params);

/** What a duty is called inside a sentence. */
export const dutyName = (duty: Duty): string => texts().duties[duty];

/** The same where it stands by itself, as in the head of a column. */
export function dutyTitle(duty: Duty): string {
  const name = dutyName(duty);
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/**
 * What a checklist item is called. `stored`: the title in a document from before titles were kept here, for items that
 * the product no longer has.
 */
export const checklistTitle = (item: string, stored?: unknown): string =>
  texts().checklist[item as ChecklistItemId] ?? (typeof stored === 'string' && stored !== '' ? stored : item);

/** Why a record was judged again, by its stored code; a code of another version as it is. */
export function rejudgeCauseLabel(code: string): string {
  const cause = readRejudgeCause(code);
  const words = texts().rejudgeCauses as Record<string, (of: RejudgeCause) => string>;
  return cause === null ? code : words[cause.kind]!(cause);
}

/** What an entry of the certificate is called, by its key. */
export const entryName = (key: string): string => texts().entryNames[key] ?? key;

/** Its number and name as a person says them: `13.2 Actual mass`. */
export const entryTitle = ({ key, number }: Pick<Entry, 'key' | 'number'>): string =>
  number === null ? entryName(key) : `${number} ${entryName(key)}`;

/** What a rule asks, as a sentence: `The VIN holds no I, O or Q.` */
export function ruleAsks(rule: string): string {
  const asks = texts().ruleAsks[rule] ?? rule;
  return `${asks[0]!.toUpperCase()}${asks.slice(1)}.`;
}

/** Why no organisation sets a fixed rule otherwise; empty for any other rule. */
export const whyFixed = (rule: string): string => texts().whyFixed[rule] ?? '';
