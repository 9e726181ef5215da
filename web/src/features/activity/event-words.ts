import type { AbsentDays } from '#shared/contract/absence.ts';
import type { Duty } from '#shared/contract/duty.ts';
import type { TrailEvent } from '#shared/contract/event.ts';
import type { Finding } from '#shared/contract/finding.ts';
import type { StandupOutcome } from '#shared/contract/standup.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { dutyName } from '#shared/text/names.ts';
import { sentence } from '#shared/text/sentence.ts';
import { exceptionKinds } from '#lib/exception-kinds.ts';
import { dayWords } from '#lib/moment-words.ts';
import { m } from '#lib/paraglide/messages.js';
import { documentWords } from './document-words.ts';

/** How ids and paths of a trail are called where it is read. */
export interface Names {
  person(id: string): string;
  stage(key: StageKey): string;
  entry(path: string): string;
}

/** One line under an event: a value before and after, or a text somebody gave as the reason. */
export type EventDetail = { label: string; before: string | null; after: string | null } | { text: string };

export interface EventWords {
  /** Continues after the actor's name: `moved it from Data to Review`. */
  sentence: string;
  details: EventDetail[];
}

type Body = TrailEvent['body'];

/** An event in words. A kind this page does not know yet says so instead of nothing. */
export function eventWords(event: TrailEvent, names: Names): EventWords {
  return words[event.kind]?.(event.body, names) ?? plain(m.record_event_unknown({ kind: event.kind }));
}

const plain = (said: string, ...details: EventDetail[]): EventWords => ({ sentence: said, details });
const text = (value: unknown): EventDetail[] => (typeof value === 'string' && value !== '' ? [{ text: value }] : []);
const takenBack = (body: Body) => (body['takesBack'] ? text(m.board_event_taken_back()) : []);
const dutyList = (duties: unknown) => (duties as Duty[]).map(dutyName).join(', ') || m.app_nobody_inline();

const words: Record<TrailEvent['kind'], (body: Body, names: Names) => EventWords> = {
  'organisation.created': (body) => plain(m.record_event_organisation_created({ name: String(body['name']) })),
  'organisation.timeZoneSet': (body) =>
    plain(m.record_event_time_zone(), {
      label: m.people_time_zone(),
      before: String(body['before']),
      after: String(body['after']),
    }),
  'person.invited': (body) => plain(m.record_event_person_invited({ email: String(body['email']) })),
  'invitation.revoked': (body) => plain(m.record_event_invitation_revoked({ email: String(body['email']) })),
  'person.joined': (body, names) =>
    plain(
      m.record_event_person_joined(),
      ...text(body['verified'] === false && m.people_link_from({ name: names.person(String(body['invitedBy'])) })),
    ),
  'person.renamed': (body) =>
    plain(m.record_event_person_renamed(), {
      label: m.app_label_name(),
      before: String(body['before']),
      after: String(body['after']),
    }),
  'person.removed': (body, names) =>
    plain(m.record_event_person_removed({ name: names.person(String(body['person'])) })),
  'scope.created': (body) => plain(m.record_event_scope_created({ name: String(body['name']) })),
  'duties.changed': (body, names) =>
    plain(m.record_event_duties_changed({ name: names.person(String(body['person'])) }), {
      label: m.record_duties(),
      before: dutyList(body['before']),
      after: dutyList(body['after']),
    }),
  'record.created': () => plain(m.record_event_record_created()),
  'record.moved': movedWords,
  'record.edited': editedWords,
  'record.reviewed': (body) => {
    const revision = Number(body['revision']);
    const said =
      body['outcome'] === 'accepted' ? m.record_event_accepted({ revision }) : m.record_event_returned({ revision });
    return plain(said, ...text(body['note']));
  },
  'record.assigned': (body, names) => {
    const duty = dutyName(body['duty'] as Duty);
    return body['after'] === null
      ? plain(m.record_event_unassigned({ duty, name: names.person(String(body['before'])) }), ...takenBack(body))
      : plain(m.record_event_assigned({ duty, name: names.person(String(body['after'])) }), ...takenBack(body));
  },
  'record.handedOver': (body, names) => {
    const after = body['after'] as { what: string | null; owner: string | null; due: string | null };
    const said = after.owner
      ? m.record_event_handed_over({ name: names.person(after.owner) })
      : m.record_event_handed_to_nobody();
    const until = after.due ? m.app_until_day({ day: dayWords(after.due) }) : null;
    return plain(said, ...text([after.what, until].filter(Boolean).join(' · ')), ...takenBack(body));
  },
  'exception.raised': (body) =>
    plain(m.record_event_exception_raised({ kind: exceptionKinds[body['kind'] as keyof typeof exceptionKinds]() }), {
      text: String(body['cause']),
    }),
  'exception.changed': (body) => plain(m.exception_event_changed({ cause: String(body['cause']) })),
  'exception.reopened': (body) =>
    plain(m.exception_event_reopened({ cause: String(body['cause']) }), ...text(body['why']), ...takenBack(body)),
  'exception.closed': (body) =>
    plain(
      m.record_event_exception_closed({ cause: String(body['cause']) }),
      ...text(body['resolution']),
      ...takenBack(body),
    ),
  'document.changed': (body) => {
    const did = documentWords(body);
    return plain(did.length > 0 ? did.join(', ') : m.record_event_document_changed());
  },
  'import.applied': (body) => plain(m.record_event_import_applied({ file: String(body['file'] ?? '') })),
  'record.judged': (body, names) => {
    const stages = (list: unknown) => (list as StageKey[]).map(names.stage).join(', ');
    const [shut, opened] = [stages(body['shut']), stages(body['opened'])];
    return plain(
      m.record_event_judged({ because: becauseOf(String(body['cause'])) }),
      ...text(shut && m.record_event_judged_shut({ stages: shut })),
      ...text(opened && m.record_event_judged_open({ stages: opened })),
    );
  },
  'approval.registered': (body) => plain(m.record_event_approval_registered({ number: String(body['number']) })),
  'approval.changed': (body) => plain(m.record_event_approval_changed({ number: String(body['number']) })),
  'approval.withdrawn': (body) =>
    plain(
      m.record_event_approval_withdrawn({ number: String(body['number']), day: String(body['on']) }),
      ...text(body['why']),
    ),
  'approval.fileAdded': (body) =>
    plain(m.record_event_approval_file({ number: String(body['number']), name: String(body['name']) })),
  'waiver.proposed': (body) => waiverWords(m.record_event_waiver_proposed, body, body['reason']),
  'waiver.approved': (body) => waiverWords(m.record_event_waiver_approved, body, body['note']),
  'waiver.refused': (body) => waiverWords(m.record_event_waiver_refused, body, body['note']),
  'waiver.revoked': (body) => waiverWords(m.record_event_waiver_revoked, body, body['why']),
  'waiver.expired': (body) => waiverWords(m.record_event_waiver_expired, body, null),
  'rules.changed': (body) =>
    plain(m.record_event_rules_changed({ version: Number(body['version']) }), ...text(body['note'])),
  'record.releasePlanned': (body) =>
    body['after'] === null
      ? plain(m.standup_event_release_none())
      : plain(m.standup_event_release({ day: dayWords(String(body['after'])) })),
  'record.renumbered': () => plain(m.record_event_renumbered()),
  'absence.changed': (body, names) => {
    const { before, after } = body as Record<'before' | 'after', AbsentDays | null>;
    const name = names.person(String(body['person']));
    const days = (after ?? before)!;
    return plain(
      after ? m.handing_event_absence({ name }) : m.handing_event_absence_removed({ name }),
      ...text(m.handing_absence_days({ from: dayWords(days.from), until: dayWords(days.until) })),
    );
  },
  'standup.started': (body) => plain(m.standup_event_started({ count: Number(body['records']) })),
  'standup.joined': () => plain(m.standup_event_joined()),
  'standup.left': (body, names) =>
    plain(body['away'] ? m.standup_event_gone({ name: names.person(String(body['person'])) }) : m.standup_event_left()),
  'standup.walked': () => plain(m.standup_event_walked()),
  'standup.led': () => plain(m.standup_event_led()),
  'standup.decided': (body, names) => plain(decidedWords(body, names), ...text(body['note'])),
  'standup.ended': () => plain(m.standup_event_ended()),
  'mapping.saved': (body) => plain(m.record_event_mapping_saved({ name: String(body['name'] ?? '') })),
};

/** Why a record was judged again. */
function becauseOf(cause: string): string {
  const [, approval] = /^approval (.+)$/.exec(cause) ?? [];
  if (approval) return m.record_event_judged_approval({ approval });
  if (cause.startsWith('rules ')) return m.record_event_judged_rules();
  if (cause.startsWith('edition ')) return m.record_event_judged_edition();
  if (cause === 'date') return m.record_event_judged_date();
  if (cause === 'time zone') return m.record_event_judged_time_zone();
  return cause;
}

/** What was decided in a standup. Early events do not say. */
function decidedWords({ outcome }: Body, names: Names): string {
  const { kind, owner, due } = (outcome ?? {}) as Partial<StandupOutcome>;
  const name = owner ? names.person(owner) : m.app_nobody_inline();
  if (kind === 'nextAction') return m.standup_event_decided_action({ name });
  if (kind === 'releaseDate')
    return due ? m.standup_event_decided_release({ day: dayWords(due) }) : m.standup_event_decided_no_release();
  if (kind === 'exception') return m.standup_event_decided_exception();
  if (kind === 'escalated') return m.standup_event_decided_escalated();
  return kind === 'nothing' ? m.standup_event_decided_nothing() : m.standup_event_decided();
}

function waiverWords(said: (of: { rule: string; day: string }) => string, body: Body, why: unknown): EventWords {
  return plain(said({ rule: String(body['rule']), day: dayWords(String(body['endsOn'])) }), ...text(why));
}

function movedWords(body: Body, names: Names): EventWords {
  const { before, after } = body as { before: { stage: StageKey }; after: { stage: StageKey } };
  if (before.stage === after.stage) return plain(m.record_event_reordered(), ...takenBack(body));
  const warnings = (body['verdict'] as { findings: Finding[] } | undefined)?.findings ?? [];
  return plain(
    m.record_event_moved({ from: names.stage(before.stage), to: names.stage(after.stage) }),
    ...text(body['reason']),
    ...warnings.flatMap((finding) => text(sentence(finding))),
  );
}

function editedWords(body: Body, names: Names): EventWords {
  const edits = body['edits'] as { path: string; from: unknown; to: unknown }[];
  return plain(
    m.record_event_edited({ count: edits.length, revision: Number(body['revision']) }),
    ...edits.map(({ path, from, to }) => ({ label: names.entry(path), before: shown(from), after: shown(to) })),
  );
}

/** A value of the data as one line; a table says how many rows it has. */
function shown(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  return m.record_rows({ count: Array.isArray(value) ? value.length : 1 });
}
