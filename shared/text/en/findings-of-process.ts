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
  'scope.open': () => 'The scope is closed. Nothing in it moves any more.',
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
      none: 'Nobody has reviewed the present data yet. The reviewer has to accept it.',
      stale: 'What the review was made on changed after it. The reviewer has to look at it again.',
      returned: 'The reviewer returned the record. Mend what they named and ask for another review.',
    })[why as 'none' | 'stale' | 'returned'],
  'review.rules': ({ made, present }: Params) =>
    `The review was made under rule set ${made}; ${present} holds now. It stands; the gates ask by the new rules.`,
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
  'act.owner': () => 'Only the one who owns the next action, or the lead, hands it over. Ask them.',
  'act.fourEyes': () =>
    'This person edited the data themselves, and nobody reviews their own edits. Choose somebody else.',
  'act.absent': ({ until, back }: Params) =>
    `This person is absent until ${until}. Choose a day from ${back}, or somebody else.`,
  'absence.days': ({ why, from, until }: Params) =>
    ({
      order: 'The last day lies before the first. Exchange them.',
      over: 'These days are over already. Choose a last day from today.',
      long: 'An absence of more than a year is not recorded. Choose an earlier last day.',
      overlaps: `An absence from ${from} until ${until} is recorded already. Choose other days, or remove that one first.`,
    })[why as 'order' | 'over' | 'long' | 'overlaps'],
  'act.admin': () => 'This takes an administrator of the organisation.',
  'move.reason': () => 'Moving a record back needs a reason. Say why.',
  'review.presentRevision': ({ present }: Params) =>
    `The data changed while you were reading: revision ${present} is the present one. Look at it, then decide.`,
  'data.tooLarge': ({ what, table, count, most }) =>
    ({
      rows: `The table of ${String(table)} has ${String(count)} rows, and a record takes at most ${String(most)} in one table. Check where the rows come from, and leave out what does not belong to this vehicle.`,
      nodes: `The data has ${String(count)} elements, and a record takes at most ${String(most)}. Check where they come from, and leave out what does not belong to this vehicle.`,
      longest: `One text has ${String(count)} characters, and an entry takes at most ${String(most)}. Shorten it.`,
      text: `The data has ${String(count)} characters, and a record takes at most ${String(most)}. Leave out what does not belong to this vehicle.`,
    })[what as 'rows' | 'nodes' | 'longest' | 'text'],
  'edit.reviewed': () => 'The data was accepted by its reviewer. Move the record back to data before changing it.',
  'review.reasons': () =>
    'Returning a record needs a reason. Say what has to be mended, entry by entry or of the whole.',
  'review.entry': ({ entry }: Params) => `No certificate has an entry "${entry}". Name one by its catalogue key.`,
  'waiver.rule': ({ rule, why }: Params) =>
    why === 'fixed'
      ? `${rule} is never waived. Mend what it names.`
      : `No gate asks a rule ${rule}. Take the rule from a finding.`,
  'waiver.end': ({ endsOn, latest, why }: Params) =>
    why === 'past'
      ? `${endsOn} is over already. Choose a last day from today to ${latest}.`
      : `A waiver may hold until ${latest} at the latest, not until ${endsOn}. Choose an earlier day.`,
  'waiver.proposed': ({ rule }: Params) => `A waiver of ${rule} waits for a decision already. Decide that one first.`,
  'waiver.active': ({ rule, endsOn }: Params) => `A waiver of ${rule} holds until ${endsOn} already. Extend that one.`,
  'waiver.unproven': ({ waived, approver, inviter }: Params) =>
    `${approver} approved the waiver of ${waived} and joined by a link that ${inviter}, who asked for it, handed over; no mail verified the address. Ask somebody else to approve it.`,
  'waiver.fourEyes': () =>
    'You asked for this waiver yourself. Somebody else who may approve waivers has to decide it.',
  'waiver.later': ({ endsOn }: Params) => `It holds until ${endsOn} already. An extension has to end later.`,
  'waiver.needless': ({ rule }: Params) =>
    `${rule} keeps no gate of this record shut, so there is nothing to waive. Look at what its gates ask now.`,
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
  'operation.inUse': () =>
    'This operation id belongs to something that was done before. Send the request with an id of its own.',
  'takeBack.changed': ({ who, what, reference }: Params) =>
    `${who || 'Somebody'} ${takenUp[what as keyof typeof takenUp] ?? 'changed'} ${reference} since, and taking this back would undo that too. Look at it as it is now, then decide.`,
  'takeBack.twice': () => 'This was taken back already; there is nothing left to take back.',
  'takeBack.kind': () =>
    'Only moves, hand-overs and duties are taken back, and only since the trail keeps what that takes. Change it by hand.',
  'exception.again': () => 'The same finding was raised again meanwhile, and that exception is open. Work on that one.',
  'exception.finding': ({ rule }: Params) =>
    `No gate says ${rule} of this record now, so no exception can be raised from it. Say the cause in your own words.`,
  'rules.unknown': ({ rule }: Params) => `There is no rule ${rule} here. Take it out of the settings.`,
  'rules.fixed': ({ rule }: Params) => `${rule} is the same for everybody. Take it out of the settings.`,
  'rules.wmi': ({ wmi }: Params) =>
    `"${wmi}" is no world manufacturer identifier. One has three capital letters or digits, without I, O and Q, such as WVW; with a 9 in third place it may have six, such as SA9ABC.`,
  'rules.waiverDays': ({ days, most }: Params) =>
    `A waiver holds for at least one day and at most ${most}; ${days} is neither. Choose a number between.`,
  'rules.unchanged': () => 'These settings hold already. Change something, or leave them.',
  'rules.untried': () =>
    'These settings were not tried since the rules last changed. Try them, look at what they change, then let them hold.',
  'standup.open': ({ leader }: Params) => `A standup of this scope is open; ${leader} leads it. Join it.`,
  'standup.leader': ({ leader }: Params) => `${leader} leads this standup. Ask them, or take over when they are away.`,
  'standup.leaderThere': ({ leader, seconds }: Params) =>
    `${leader} leads this standup and is here. A lead of the scope may take over at once, others when they have been away for ${seconds} seconds.`,
  'standup.ended': () => 'This standup has ended. Read its minutes, or start another one.',
  'person.oneself': () => 'You cannot end your own membership. Another administrator has to.',
  // Rows from before reasons had keys contain words.
  'import.unreadable': ({ why, ...of }: Params) =>
    `Nothing of this file can be used: ${unreadable[why as UnreadableWhy]?.(of) ?? why}`,
  'import.element': ({ path, value, times }: Params) =>
    `${path} is not part of an IVI 2.0 message, so it is not imported. ${value === '' ? 'It is empty' : `Its value is "${value}"`}${times === 1 ? '' : `, the first of ${times}`}. Enter what it says by hand if it is needed, or correct its name in the file.`,
  'import.encoding': ({ declared }: Params) =>
    `The file says that it is ${declared}, but it is stored as UTF-8. It was read as UTF-8; nothing is lost.`,
  'import.repeated': ({ path }: Params) =>
    `The element ${path} stands there more than once, where one is allowed. Keep one.`,
  'import.cells': ({ expected, found }: Params) =>
    `The row has ${found} cells where the header has ${expected}. Look for a separator or quote too many or too few.`,
  'import.more': ({ more }: Params) => `And ${more} more of that kind. Check what this file is.`,
  'import.emptyRow': () =>
    'No cell of this row fills an entry. Take the row out, or choose a mapping that takes from it.',
  'import.tooLong': ({ path, length, most }: Params) =>
    `"${path}" has ${length} characters, where at most ${most} are taken in. Shorten it in the file.`,
  'mapping.element': ({ column, path }: Params) =>
    `The column "${column}" cannot fill ${path}: no value of an IVI 2.0 message stands there. Choose an entry of the list.`,
  'mapping.twice': ({ column, other }: Params) =>
    `The columns "${other}" and "${column}" would fill the same entry. Let one of them fill it.`,
  'import.incomplete': ({ missing }: Params) =>
    `${missing} mandatory ${missing === 1 ? 'entry' : 'entries'} of its category ${missing === 1 ? 'is' : 'are'} not in the file. The record will list ${missing === 1 ? 'it' : 'them'}.`,
  'import.signature': () => 'The signature in the file was not kept.',
} satisfies Record<string, (params: Params) => string>;
