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

/** The key of a finding's sentence. English defines the list; every other language must have the same keys. */
export type FindingKey = keyof typeof findings;

export type Params = Finding['params'];

/** Builds a sentence from its parameters. Days are already in readable form, `28 Nov 2026`. */
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

/** All texts of a language except the web's own messages. A missing key is a compile error. */
export interface Texts {
  findings: Readonly<Record<FindingKey, Sentence>>;
  /** Used for a finding whose key this version does not have: one from an older or a newer version. */
  unknownFinding: Sentence;
  /** Continues "Nothing of this file can be used:". */
  unreadable: Readonly<Record<UnreadableWhy, Sentence>>;
  /** The texts of unsuccessful responses. `refused` and `forbidden` also contain findings, which are more specific. */
  problems: Readonly<Record<Problem['type'], { title: Sentence; detail: Sentence }>>;
  /** What a value must be, as the continuation of "It has to be". */
  expected: { readonly [K in Expected['expected']]: Sentence };
  /** The names of the entries of the certificate, by key, as in Regulation (EU) 2020/683. */
  entryNames: Readonly<Record<string, string>>;
  /** What is wrong with one field of a request. */
  issues: Readonly<Record<IssueKey, Sentence>>;
  things: Readonly<Record<Thing, string>>;
  fields: Readonly<Record<StaleField, string>>;
  notifications: Readonly<Record<NotificationKind, (params: Record<string, string>) => string>>;
  /** Why a record is on the agenda of a standup. The cause, which people typed, is inserted unchanged. */
  agendaReasons: Readonly<Record<AgendaReason['kind'], Sentence>>;
  minutes: Readonly<Record<MinutesText, Sentence>>;
  mails: Readonly<Record<MailText, Sentence>>;
  stages: Readonly<Record<StageKey, string>>;
  /** In the form used within a sentence. */
  duties: Readonly<Record<Duty, string>>;
  checklist: Readonly<Record<ChecklistItemId, string>>;
  /** The names of permissions, as the continuation of "can". */
  acts: Readonly<Record<Permission, string>>;
  /** Continues "because": why a record was rejudged. */
  rejudgeCauses: { readonly [K in RejudgeCause['kind']]: (of: Extract<RejudgeCause, { kind: K }>) => string };
  /** The requirement of each rule, by rule id. */
  ruleAsks: Readonly<Record<string, string>>;
  /** Why an organisation cannot change a fixed rule, by rule id. */
  whyFixed: Readonly<Record<string, string>>;
}
