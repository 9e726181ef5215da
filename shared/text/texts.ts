import type { Duty } from '#shared/contract/duty.ts';
import type { Finding } from '#shared/contract/finding.ts';
import type { IssueKey } from '#shared/contract/issue-key.ts';
import type { NotificationKind } from '#shared/contract/notification.ts';
import type { Problem, StaleField, Thing } from '#shared/contract/problem.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import type { UnreadableWhy } from '#shared/contract/unreadable-why.ts';
import type { AgendaReason } from '#shared/contract/standup.ts';
import type { Expected } from '#shared/domain/catalogue/format.ts';
import type { ChecklistItemId } from '#shared/domain/operating-model.ts';
import type { RejudgeCause } from '#shared/domain/rejudge-cause.ts';
import type { Permission } from '#shared/domain/ownership.ts';
import type { findings } from './en/findings.ts';

/** The key of a finding's sentence. English has the list; every other language has to have the same keys. */
export type FindingKey = keyof typeof findings;

export type Params = Finding['params'];

/** A sentence with its parameters put in. Days come as they are read, `28 Nov 2026`. */
export type Sentence = (params: Params) => string;

/** Parts of the minutes of a standup. */
export type MinutesText =
  | 'title'
  | 'time'
  | 'ledBy'
  | 'nextLeader'
  | 'agenda'
  | 'onTheTable'
  | 'present'
  | 'decided'
  | 'open'
  | 'unreached'
  | 'none'
  | 'attended'
  | 'stillOpen'
  | 'stillThere'
  | 'minutes'
  | 'nobody'
  | 'formerMember'
  | 'outcome';

/** Parts of the mails. */
export type MailText =
  'digestSubject' | 'digestIntro' | 'digestChoices' | 'invitationSubject' | 'invitationIntro' | 'invitationUntil';

/** Everything a language says below the web's own messages. A key that a language leaves out does not compile. */
export interface Texts {
  findings: Readonly<Record<FindingKey, Sentence>>;
  /** Stands in for a finding whose key this version does not know: one from an older or a newer version. */
  unknownFinding: Sentence;
  /** Continues "Nothing of this file can be used:". */
  unreadable: Readonly<Record<UnreadableWhy, Sentence>>;
  /** What is answered instead of a success. `refused` and `forbidden` come with findings, which say more. */
  problems: Readonly<Record<Problem['type'], { title: Sentence; detail: Sentence }>>;
  /** What a value has to be, continuing "It has to be". */
  expected: { readonly [K in Expected['expected']]: Sentence };
  /** The entries of the certificate, by their keys, as Regulation (EU) 2020/683 calls them. */
  entryNames: Readonly<Record<string, string>>;
  /** What is wrong with one field of a request. */
  issues: Readonly<Record<IssueKey, Sentence>>;
  things: Readonly<Record<Thing, string>>;
  fields: Readonly<Record<StaleField, string>>;
  notifications: Readonly<Record<NotificationKind, (params: Record<string, string>) => string>>;
  /** Why a record is on the agenda of a standup. What people typed, the cause, comes as it stands. */
  agendaReasons: Readonly<Record<AgendaReason['kind'], Sentence>>;
  minutes: Readonly<Record<MinutesText, Sentence>>;
  mails: Readonly<Record<MailText, Sentence>>;
  stages: Readonly<Record<StageKey, string>>;
  /** As they stand inside a sentence. */
  duties: Readonly<Record<Duty, string>>;
  checklist: Readonly<Record<ChecklistItemId, string>>;
  /** What a person does, continuing "can". */
  acts: Readonly<Record<Permission, string>>;
  /** Continues "because": why a record was judged again. */
  rejudgeCauses: { readonly [K in RejudgeCause['kind']]: (of: Extract<RejudgeCause, { kind: K }>) => string };
  /** What each rule asks of a record, by rule id. */
  ruleAsks: Readonly<Record<string, string>>;
  /** Why no organisation sets a fixed rule otherwise, by rule id. */
  whyFixed: Readonly<Record<string, string>>;
}
