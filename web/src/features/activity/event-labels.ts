import type { Duty } from '#shared/contract/duty.ts';
import type { EventBody, EventFact, EventKind } from '#shared/contract/event.ts';
import type { DataNode } from '#shared/contract/record.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { dutyName, rejudgeCauseLabel } from '#shared/text/names.ts';
import { sentence } from '#shared/text/sentence.ts';
import { exceptionKinds } from '#lib/exception-kinds.ts';
import { dayLabel } from '#lib/moment-labels.ts';
import { m } from '#lib/paraglide/messages.js';
import { documentLabel } from './document-labels.ts';

/** Resolves the ids and paths of a trail to names. */
export interface Names {
  person(id: string): string;
  stage(key: StageKey): string;
  entry(path: string): string;
}

/** One line under an event: a value before and after, or a text that gives the reason. */
export type EventDetail = { label: string; before: string | null; after: string | null } | { text: string };

export interface EventLabel {
  /** Continues after the actor's name: `moved it from Data to Review`. */
  sentence: string;
  details: EventDetail[];
}

/** The label of an event. For an unknown kind the label states that. */
export function eventLabel<K extends EventKind>({ kind, body }: EventFact<K>, names: Names): EventLabel {
  return words[kind]?.(body, names) ?? plain(m.record_event_unknown({ kind }));
}

const plain = (message: string, ...details: EventDetail[]): EventLabel => ({ sentence: message, details });
const text = (value: string | null | undefined): EventDetail[] => (value ? [{ text: value }] : []);
const undoneLabel = ({ takesBack }: { takesBack?: string }) => (takesBack ? text(m.board_event_taken_back()) : []);
const dutyList = (duties: readonly Duty[]) => duties.map(dutyName).join(', ') || m.app_nobody_inline();

const words: { [K in EventKind]: (body: EventBody<K>, names: Names) => EventLabel } = {
  'organisation.created': ({ name }) => plain(m.record_event_organisation_created({ name })),
  'organisation.timeZoneSet': ({ before, after }) =>
    plain(m.record_event_time_zone(), { label: m.people_time_zone(), before, after }),
  'person.invited': ({ email }) => plain(m.record_event_person_invited({ email })),
  'invitation.revoked': ({ email }) => plain(m.record_event_invitation_revoked({ email })),
  'person.joined': ({ verified, invitedBy }, names) =>
    plain(
      m.record_event_person_joined(),
      ...(verified === false && invitedBy ? text(m.people_link_from({ name: names.person(invitedBy) })) : []),
    ),
  'person.renamed': ({ before, after }) =>
    plain(m.record_event_person_renamed(), { label: m.app_label_name(), before, after }),
  'person.removed': ({ person }, names) => plain(m.record_event_person_removed({ name: names.person(person) })),
  'scope.created': ({ name }) => plain(m.record_event_scope_created({ name })),
  'duties.changed': ({ person, before, after }, names) =>
    plain(m.record_event_duties_changed({ name: names.person(person) }), {
      label: m.record_duties(),
      before: dutyList(before),
      after: dutyList(after),
    }),
  'record.created': () => plain(m.record_event_record_created()),
  'record.moved': movedLabel,
  'record.edited': editedLabel,
  'record.reviewed': ({ revision, outcome, note }) =>
    plain(
      outcome === 'accepted' ? m.record_event_accepted({ revision }) : m.record_event_returned({ revision }),
      ...text(note),
    ),
  'record.assigned': (body, names) => {
    const duty = dutyName(body.duty);
    return body.after === null
      ? plain(m.record_event_unassigned({ duty, name: names.person(body.before ?? '') }), ...undoneLabel(body))
      : plain(m.record_event_assigned({ duty, name: names.person(body.after) }), ...undoneLabel(body));
  },
  'record.handedOver': ({ after, ...body }, names) => {
    const label = after.owner
      ? m.record_event_handed_over({ name: names.person(after.owner) })
      : m.record_event_handed_to_nobody();
    const until = after.due ? m.app_until_day({ day: dayLabel(after.due) }) : null;
    return plain(label, ...text([after.what, until].filter(Boolean).join(' · ')), ...undoneLabel(body));
  },
  'exception.raised': ({ kind, cause }) =>
    plain(m.record_event_exception_raised({ kind: exceptionKinds[kind]() }), { text: cause }),
  'exception.changed': ({ cause }) => plain(m.exception_event_changed({ cause })),
  'exception.reopened': (body) =>
    plain(m.exception_event_reopened({ cause: body.cause }), ...text(body.why), ...undoneLabel(body)),
  'exception.closed': (body) =>
    plain(m.record_event_exception_closed({ cause: body.cause }), ...text(body.resolution), ...undoneLabel(body)),
  'document.changed': (body) => {
    const did = documentLabel(body);
    return plain(did.length > 0 ? did.join(', ') : m.record_event_document_changed());
  },
  'import.applied': ({ file }) => plain(m.record_event_import_applied({ file })),
  'record.judged': ({ cause, ...body }, names) => {
    const stages = (list: readonly StageKey[]) => list.map(names.stage).join(', ');
    const [shut, opened] = [stages(body.shut), stages(body.opened)];
    return plain(
      m.record_event_judged({ because: rejudgeCauseLabel(cause) }),
      ...(shut ? text(m.record_event_judged_shut({ stages: shut })) : []),
      ...(opened ? text(m.record_event_judged_open({ stages: opened })) : []),
    );
  },
  'approval.registered': ({ number }) => plain(m.record_event_approval_registered({ number })),
  'approval.changed': ({ number }) => plain(m.record_event_approval_changed({ number })),
  'approval.withdrawn': ({ number, on, why }) =>
    plain(m.record_event_approval_withdrawn({ number, day: on }), ...text(why)),
  'approval.fileAdded': ({ number, name }) => plain(m.record_event_approval_file({ number, name })),
  'waiver.proposed': (body) => waiverLabel(m.record_event_waiver_proposed, body, body.reason),
  'waiver.approved': (body) => waiverLabel(m.record_event_waiver_approved, body, body.note),
  'waiver.refused': (body) => waiverLabel(m.record_event_waiver_refused, body, body.note),
  'waiver.revoked': (body) => waiverLabel(m.record_event_waiver_revoked, body, body.why),
  'waiver.expired': (body) => waiverLabel(m.record_event_waiver_expired, body, null),
  'rules.changed': ({ version, note }) => plain(m.record_event_rules_changed({ version }), ...text(note)),
  'record.releasePlanned': ({ after }) =>
    plain(after === null ? m.standup_event_release_none() : m.standup_event_release({ day: dayLabel(after) })),
  'record.renumbered': () => plain(m.record_event_renumbered()),
  'absence.changed': ({ person, before, after }, names) => {
    const name = names.person(person);
    const days = after ?? before;
    return plain(
      after ? m.handing_event_absence({ name }) : m.handing_event_absence_removed({ name }),
      ...(days ? text(m.handing_absence_days({ from: dayLabel(days.from), until: dayLabel(days.until) })) : []),
    );
  },
  'standup.started': ({ records }) => plain(m.standup_event_started({ count: records })),
  'standup.joined': () => plain(m.standup_event_joined()),
  'standup.left': ({ away, person }, names) =>
    plain(away ? m.standup_event_gone({ name: names.person(person) }) : m.standup_event_left()),
  'standup.walked': () => plain(m.standup_event_walked()),
  'standup.led': () => plain(m.standup_event_led()),
  'standup.decided': (body, names) => plain(decidedLabel(body, names), ...text(body.note)),
  'standup.ended': () => plain(m.standup_event_ended()),
  'mapping.saved': ({ name }) => plain(m.record_event_mapping_saved({ name })),
};

/** The outcome decided in a standup. Early events do not contain it. */
function decidedLabel({ outcome }: EventBody<'standup.decided'>, names: Names): string {
  if (!outcome) return m.standup_event_decided();
  const { owner, due } = outcome;
  switch (outcome.kind) {
    case 'nextAction':
      return m.standup_event_decided_action({ name: owner ? names.person(owner) : m.app_nobody_inline() });
    case 'releaseDate':
      return due ? m.standup_event_decided_release({ day: dayLabel(due) }) : m.standup_event_decided_no_release();
    case 'exception':
      return m.standup_event_decided_exception();
    case 'escalated':
      return m.standup_event_decided_escalated();
    case 'nothing':
      return m.standup_event_decided_nothing();
    default:
      return outcome.kind satisfies never;
  }
}

function waiverLabel(
  message: (of: { rule: string; day: string }) => string,
  { rule, endsOn }: EventBody<'waiver.expired'>,
  why: string | null,
): EventLabel {
  return plain(message({ rule, day: dayLabel(endsOn) }), ...text(why));
}

function movedLabel({ before, after, ...body }: EventBody<'record.moved'>, names: Names): EventLabel {
  if (before.stage === after.stage) return plain(m.record_event_reordered(), ...undoneLabel(body));
  return plain(
    m.record_event_moved({ from: names.stage(before.stage), to: names.stage(after.stage) }),
    ...(body.takesBack ? [] : text(body.reason)),
    ...undoneLabel(body),
    ...body.verdict.findings.flatMap((finding) => text(sentence(finding))),
  );
}

function editedLabel({ edits, revision }: EventBody<'record.edited'>, names: Names): EventLabel {
  return plain(
    m.record_event_edited({ count: edits.length, revision }),
    ...edits.map(({ path, from, to }) => ({ label: names.entry(path), before: shown(from), after: shown(to) })),
  );
}

/** A data value as one line; for a table, its number of rows. */
function shown(value: DataNode | null): string | null {
  if (value === null || typeof value === 'string') return value;
  return m.record_rows({ count: Array.isArray(value) ? value.length : 1 });
}
