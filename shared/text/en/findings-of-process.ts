import type { Duty } from '#shared/contract/duty.ts';
import type { UnreadableWhy } from '#shared/contract/unreadable-why.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import type { Permission } from '#shared/domain/ownership.ts';
import { acts, duties, stages } from './names.ts';
import { unreadable } from './unreadable.ts';
import { holders, withArticle } from './words.ts';

type Params = Record<string, string | number>;

/** What somebody did to a record, by event kind. */
const takenUp = {
  'record.moved': 'moved',
  'record.handedOver': 'handed over the next action of',
  'record.assigned': 'changed a duty on',
};

/**
 * English sentences for findings about the process and for refusals of single verbs: what is wrong, where, and what to
 * do.
 */
export const findingsOfProcess = {
  'scope.open': () => 'The scope is closed. Its records can no longer be moved.',
  'duty.dataOwner': () => 'Nobody owns the data of this record. Assign a data owner.',
  'duty.reviewer': () => 'No reviewer is assigned. Assign one who is not the data owner.',
  'duty.reviewerNotDataOwner': () => 'The reviewer is also the data owner. Assign somebody else to one of the two.',
  'duty.signatory': () => 'No signatory is assigned. Assign one.',
  'approval.file': ({ name, why, said, found }: Params) =>
    ({
      empty: `The file ${name} is empty. Choose another one.`,
      large: `The file ${name} is larger than 20 MiB. Make it smaller, or attach it in parts.`,
      name: `${name} is no PDF, PNG, JPEG or XML by its name. Attach one of these.`,
      other: `${name} is called ${said} and is ${found}. Correct its name, or choose another file.`,
      bytes: `${name} is called ${said} and does not begin like one. Open it where it comes from and save it again.`,
    })[why as 'empty' | 'large' | 'name' | 'other' | 'bytes'],
  'approval.taken': ({ number }: Params) => `${number} is in the register already. Change it there.`,
  'checklist.done': ({ stage, open }: Params) =>
    `${open} required ${open === 1 ? 'item' : 'items'} of the ${stages[stage as StageKey] ?? stage} checklist ${open === 1 ? 'is' : 'are'} not ticked.`,
  'exception.open': ({ cause, more }: Params) =>
    `An exception is open: ${cause}${more === 0 ? '' : ` (and ${more} more)`}. Close it with how it was resolved.`,
  'review.accepted': ({ why }: Params) =>
    ({
      none: 'Nobody has reviewed the current data yet. The reviewer has to accept it.',
      stale: 'The data or checklist changed after the review. The reviewer has to review it again.',
      returned: 'The reviewer returned the record. Fix what they listed and ask for another review.',
    })[why as 'none' | 'stale' | 'returned'],
  'review.rules': ({ made, present }: Params) =>
    `The review was made under rule set ${made}; ${present} applies now. The review remains valid; the gates check the new rules.`,
  'review.unproven': ({ reviewer, inviter }: Params) =>
    `${reviewer} reviewed this and joined by a link that ${inviter}, who edited the data, handed over; no mail verified the address. Ask somebody else for the review, or invite ${reviewer} by mail.`,
  'review.fourEyes': () => 'The reviewer edited this data themselves. Somebody else has to review it.',
  // Findings from before acts and duties had keys contain words: "edit the data", "the duty lead".
  'act.duty': ({ act, duties: whose }: Params) =>
    act !== undefined && Object.hasOwn(acts, act)
      ? `Only ${holders(String(whose))} can ${acts[act as Permission]}.`
      : `Only ${whose} can ${act}.`,
  'act.assignee': ({ duty }: Params) =>
    `This person is not ${withArticle(duties[duty as Duty] ?? String(duty))} in this scope. Choose somebody else, or give them the duty first.`,
  'act.owner': () => 'Only the owner of the next action or the lead can hand it over. Ask them.',
  'act.fourEyes': () =>
    'This person edited the data themselves, and nobody reviews their own edits. Choose somebody else.',
  'act.absent': ({ until, back }: Params) =>
    `This person is absent until ${until}. Choose a day from ${back}, or somebody else.`,
  'absence.days': ({ why, from, until }: Params) =>
    ({
      order: 'The last day is before the first day. Swap them.',
      over: 'These days are in the past. Choose a last day from today on.',
      long: 'An absence can last at most one year. Choose an earlier last day.',
      overlaps: `An absence from ${from} to ${until} is already recorded. Choose other days, or remove that absence first.`,
    })[why as 'order' | 'over' | 'long' | 'overlaps'],
  'act.admin': () => 'Only an administrator of the organisation can do this.',
  'move.reason': () => 'Moving a record back needs a reason. Say why.',
  'review.presentRevision': ({ present }: Params) =>
    `The data changed while you were reading; revision ${present} is current. Review it, then decide.`,
  'data.tooLarge': ({ what, table, count, most }) =>
    ({
      rows: `The table of ${String(table)} has ${String(count)} rows, and a record takes at most ${String(most)} in one table. Check where the rows come from, and leave out what does not belong to this vehicle.`,
      nodes: `The data has ${String(count)} elements, and a record takes at most ${String(most)}. Check where they come from, and leave out what does not belong to this vehicle.`,
      longest: `One text has ${String(count)} characters, and an entry takes at most ${String(most)}. Shorten it.`,
      text: `The data has ${String(count)} characters, and a record takes at most ${String(most)}. Leave out what does not belong to this vehicle.`,
    })[what as 'rows' | 'nodes' | 'longest' | 'text'],
  'edit.reviewed': () => 'The data was accepted by its reviewer. Move the record back to data before changing it.',
  'review.reasons': () =>
    'Returning a record needs a reason. Say what has to be fixed, by entry or for the whole record.',
  'review.entry': ({ entry }: Params) =>
    `There is no certificate entry "${entry}". Use the key of an entry in the catalogue.`,
  'waiver.rule': ({ rule, why }: Params) =>
    why === 'fixed'
      ? `${rule} is never waived. Mend what it names.`
      : `No gate checks a rule ${rule}. Use the rule of a finding.`,
  'waiver.end': ({ endsOn, latest, why }: Params) =>
    why === 'past'
      ? `${endsOn} is in the past. Choose a last day from today to ${latest}.`
      : `A waiver can last until ${latest} at the latest, not until ${endsOn}. Choose an earlier day.`,
  'waiver.proposed': ({ rule }: Params) =>
    `A waiver of ${rule} is already waiting for a decision. Decide that one first.`,
  'waiver.active': ({ rule, endsOn }: Params) =>
    `A waiver of ${rule} is already active until ${endsOn}. Extend that one.`,
  'waiver.unproven': ({ waived, approver, inviter }: Params) =>
    `${approver} approved the waiver of ${waived} and joined by a link that ${inviter}, who asked for it, handed over; no mail verified the address. Ask somebody else to approve it.`,
  'waiver.fourEyes': () =>
    'You asked for this waiver yourself. Somebody else who may approve waivers has to decide it.',
  'waiver.later': ({ endsOn }: Params) =>
    `The waiver is already active until ${endsOn}. An extension has to end later.`,
  'waiver.needless': ({ rule }: Params) =>
    `${rule} does not close any gate of this record, so there is nothing to waive. Check what its gates require now.`,
  'board.past': ({ why, from, count }: Params) =>
    why === 'reach'
      ? `More than ${count} events happened since then. The board is shown as it stood from ${from} on; choose that moment or a later one.`
      : `Of ${count} ${count === 1 ? 'record' : 'records'} it was not kept how the card stood then. Choose a later moment.`,
  'organisation.timeZone': ({ zone }: Params) =>
    `“${zone}” is not a time zone. Choose one from the list, for example Europe/Berlin.`,
  'scope.prefixTaken': ({ prefix }: Params) =>
    `Another scope already uses ${prefix} for its references. Choose another prefix.`,
  'invitation.signIn': ({ email }: Params) =>
    `${email} already has an account. Sign in with it, then open the link again.`,
  'operation.inUse': () => 'This operation id was already used for another request. Send a new one.',
  'takeBack.changed': ({ who, what, reference }: Params) =>
    `${who || 'Somebody'} ${takenUp[what as keyof typeof takenUp] ?? 'changed'} ${reference} since, and undoing this would undo that too. Check its current state, then decide.`,
  'takeBack.twice': () => 'This was already undone; there is nothing left to undo.',
  'takeBack.kind': () =>
    'Only moves, hand-overs, duties and raised exceptions can be undone, and not those from before the trail recorded what undo needs. Make the change manually.',
  'exception.again': () =>
    'The same finding has been raised again in the meantime, and that exception is open. Work on that one.',
  'exception.finding': ({ rule }: Params) =>
    `No gate of this record reports ${rule} now, so no exception can be raised from it. Enter the cause in your own words.`,
  'rules.unknown': ({ rule }: Params) => `There is no rule ${rule}. Remove it from the settings.`,
  'rules.fixed': ({ rule }: Params) => `${rule} cannot be configured. Remove it from the settings.`,
  'rules.wmi': ({ wmi }: Params) =>
    `"${wmi}" is not a world manufacturer identifier. It has three capital letters or digits, without I, O and Q, such as WVW; with a 9 in third place it may have six, such as SA9ABC.`,
  'rules.waiverDays': ({ days, most }: Params) =>
    `A waiver holds for at least one day and at most ${most}; ${days} is neither. Choose a number between.`,
  'rules.unchanged': () => 'These settings already apply. Change something, or close the form.',
  'rules.untried': () =>
    'These settings have not been tried since the rules last changed. Try them, check the results, then apply them.',
  'standup.open': ({ leader }: Params) => `A standup is already open in this scope, led by ${leader}. Join it.`,
  'standup.leader': ({ leader }: Params) => `${leader} leads this standup. Ask them, or take over when they are away.`,
  'standup.leaderThere': ({ leader, seconds }: Params) =>
    `${leader} leads this standup and is here. A lead of the scope can take over immediately, others once the leader has been away for ${seconds} seconds.`,
  'standup.ended': () => 'This standup has ended. Read its minutes, or start another one.',
  'person.oneself': () => 'You cannot end your own membership. Another administrator has to.',
  // Rows from before reasons had keys contain words.
  'import.unreadable': ({ why, ...of }: Params) =>
    `Nothing of this file can be used: ${unreadable[why as UnreadableWhy]?.(of) ?? why}`,
  'import.element': ({ path, value, times }: Params) =>
    `${path} is not part of an IVI 2.0 message, so it is not imported. ${value === '' ? 'It is empty' : `Its value is "${value}"`}${times === 1 ? '' : `, the first of ${times}`}. If it is needed, enter it manually, or correct its name in the file.`,
  'import.encoding': ({ declared }: Params) =>
    `The file says that it is ${declared}, but it is stored as UTF-8. It was read as UTF-8; nothing is lost.`,
  'import.repeated': ({ path }: Params) =>
    `The element ${path} occurs more than once, but only one is allowed. Keep one.`,
  'import.cells': ({ expected, found }: Params) =>
    `The row has ${found} cells where the header has ${expected}. Look for a separator or quote too many or too few.`,
  'import.more': ({ more }: Params) => `And ${more} more of this kind. Check that this is the right file.`,
  'import.emptyRow': () => 'No cell of this row maps to an entry. Remove the row, or choose a mapping that uses it.',
  'import.tooLong': ({ path, length, most }: Params) =>
    `"${path}" has ${length} characters, where at most ${most} are taken in. Shorten it in the file.`,
  'mapping.element': ({ column, path }: Params) =>
    `The column "${column}" cannot fill ${path}: an IVI 2.0 message has no value there. Choose an entry from the list.`,
  'mapping.twice': ({ column, other }: Params) =>
    `The columns "${other}" and "${column}" would fill the same entry. Map only one of them.`,
  'import.incomplete': ({ missing }: Params) =>
    `${missing} mandatory ${missing === 1 ? 'entry' : 'entries'} of its category ${missing === 1 ? 'is' : 'are'} not in the file. The record will list ${missing === 1 ? 'it' : 'them'}.`,
  'import.signature': () => 'The signature in the file was not kept.',
} satisfies Record<string, (params: Params) => string>;
