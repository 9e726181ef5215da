import type { Duty } from '#shared/contract/duty.ts';
import type { Finding } from '#shared/contract/finding.ts';
import type { NotificationKind } from '#shared/contract/notification.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import type { ChecklistItemId } from '#shared/domain/operating-model.ts';
import type { Act } from '#shared/domain/ownership.ts';
import type { findings } from './en/findings.ts';

/** The key of a finding's sentence. English has the list; every other language has to have the same keys. */
export type FindingKey = keyof typeof findings;

export type Params = Finding['params'];

/** A sentence with its parameters put in. Days come as they are read, `28 Nov 2026`. */
export type Sentence = (params: Params) => string;

/** Everything a language says below the web's own messages. A key that a language leaves out does not compile. */
export interface Texts {
  findings: Readonly<Record<FindingKey, Sentence>>;
  /** Stands in for a finding whose key this version does not know: one from an older or a newer version. */
  unknownFinding: Sentence;
  notifications: Readonly<Record<NotificationKind, (params: Record<string, string>) => string>>;
  stages: Readonly<Record<StageKey, string>>;
  /** As they stand inside a sentence. */
  duties: Readonly<Record<Duty, string>>;
  checklist: Readonly<Record<ChecklistItemId, string>>;
  /** What a person does, continuing "can". */
  acts: Readonly<Record<Act, string>>;
  /** What each rule asks of a record, by rule id. */
  ruleAsks: Readonly<Record<string, string>>;
  /** Why no organisation sets a fixed rule otherwise, by rule id. */
  whyFixed: Readonly<Record<string, string>>;
}
