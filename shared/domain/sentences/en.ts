type Params = Record<string, string | number>;

const entry = (number: string | number | undefined, name: string | number | undefined) =>
  number === '' ? `${name}` : `${number} ${name}`;

const rowNames: Record<string, string> = {
  AxleGroup: 'axle',
  TyreAxleGroup: 'tyre',
  EnergyConvertorGroup: 'engine or motor',
  EnergySourceGroup: 'energy source',
};

/** `AxleGroup/2/TyreAxleGroup/1` is axle 2, tyre 1. */
const place = (at: string) =>
  [...at.matchAll(/(\w+)\/(\d+)/g)].map(([, group, row]) => `${rowNames[group!] ?? group} ${row}`).join(', ');

const numberTrouble: Record<string, string> = {
  empty: 'nothing is there.',
  capital: 'its first letter has to be small.',
  country: 'it has to begin with e and the number of a country, then a star.',
  act: 'the act has to read like 2018/858, with KS before it for small series.',
  base: 'the base number has to have four or five digits.',
  extension: 'the extension has to have two digits.',
  separator: 'its parts have to be parted by stars.',
  national: 'NKS stands only for a national small series (approval kind NSS).',
  parts: 'it has more than four parts.',
};

/** What each finding says in English, by message key: what is wrong, where, and what to do. */
export const en = {
  'vin.length17': ({ length }: Params) =>
    length === 0
      ? 'The VIN is missing. Enter the 17 characters stamped on the vehicle.'
      : `The VIN has to have 17 capital letters and digits; this one has ${length} characters or others among them.`,
  'vin.noIOQ': ({ letters }: Params) =>
    `A VIN never holds the letters I, O or Q; this one holds ${letters}. Look for 1 or 0 misread.`,
  'vin.unique': ({ holder }: Params) =>
    `${holder} already has this VIN at this build stage. Correct the VIN here, or work on ${holder}.`,
  'vin.lastFourNumeric': ({ end }: Params) =>
    `A VIN usually ends in four digits; this one ends in ${end}. Compare it with the vehicle.`,
  'scope.open': () => 'The scope is closed. An administrator has to open it again before anything moves.',
  'duty.dataOwner': () => 'Nobody owns the data of this record. Assign a data owner.',
  'duty.reviewer': () => 'No reviewer is assigned. Assign one who is not the data owner.',
  'duty.reviewerNotDataOwner': () => 'The reviewer is also the data owner. Assign somebody else to one of the two.',
  'duty.signatory': () => 'No signatory is assigned. Assign one.',
  'category.known': ({ category }: Params) =>
    category === ''
      ? 'The vehicle category (0.4) is missing. Choose one of M, N or O.'
      : `"${category}" is not a vehicle category of M, N or O. Choose one of the list, for example M1 or N2G.`,
  'entry.present': ({ number, name, at }: Params) =>
    `${entry(number, name)} is missing${at === undefined ? '' : ` for ${place(`${at}`)}`}. Enter it.`,
  'entry.format': ({ number, name, value, expected }: Params) =>
    `${entry(number, name)} is "${value}". It has to be ${expected}.`,
  'entry.padded': ({ number, name, value }: Params) =>
    `${entry(number, name)} is "${value}", with blanks around it. Take them away unless they are meant.`,
  'stage.complete': ({ stage }: Params) =>
    `The vehicle is ${stage === 'I' ? 'incomplete' : 'completed in several stages'}: only the first page of its certificate is asked for here. Compare its technical entries with the approval.`,
  'approval.form': ({ value, why }: Params) =>
    `The approval number "${value}" does not read like e1*2018/858*00001*00: ${numberTrouble[`${why}`]} Compare it with the approval certificate.`,
  'approval.taken': ({ number }: Params) => `${number} is in the register already. Change it there.`,
  'approval.inForce': ({ number, why, since, known }: Params) =>
    ({
      unknown: `The approval ${number} is not in the register. Correct the number, or register the approval.`,
      extension: `The register has no such extension of ${number}; it has ${known}. Correct the number, or register the extension.`,
      pending: `The approval ${number} is not granted${since === '' ? ' yet' : ` before ${since}`}. Wait for it, or use the extension in force.`,
      expired: `The approval ${number} ended on ${since}. Use the extension in force.`,
      withdrawn: `The approval ${number} is withdrawn since ${since}. Use an extension in force, or raise an exception.`,
    })[why as 'unknown' | 'extension' | 'pending' | 'expired' | 'withdrawn'],
  'approval.covers': ({ vehicle, number }: Params) =>
    `${vehicle} is not listed under ${number}. Correct type, variant or version, or let the approval be extended.`,
  'approval.category': ({ category, number, covered }: Params) =>
    `${number} covers ${covered}, not ${category}. Correct the category, or use the approval it was granted under.`,
  'approval.range': ({ title, value, allowed, number }: Params) =>
    `${title} is "${value}"; ${number} allows ${allowed}. Compare it with the approval.`,
  'approval.signatory': ({ name, number }: Params) =>
    `${name} is not among those who may sign under ${number}. Assign somebody who is, or have the register say so.`,
  'vin.wmiKnown': ({ wmi, own }: Params) =>
    `The VIN begins with ${wmi}, which is none of the organisation's own (${own}). Compare it with the vehicle.`,
  'checklist.done': ({ stage, open }: Params) =>
    `${open} required ${open === 1 ? 'item' : 'items'} of the ${stage} checklist ${open === 1 ? 'is' : 'are'} not ticked.`,
  'exception.open': ({ cause, more }: Params) =>
    `An exception is open: ${cause}${more === 0 ? '' : ` (and ${more} more)`}. Close it with how it was resolved.`,
  'review.accepted': ({ why }: Params) =>
    ({
      none: 'Nobody has reviewed the present data yet. The reviewer has to accept it.',
      stale: 'What the review was made on changed after it. The reviewer has to look at it again.',
      returned: 'The reviewer returned the record. Mend what they named and ask for another review.',
    })[why as 'none' | 'stale' | 'returned'],
  'review.rules': ({ made, now }: Params) =>
    `The review was made under rule set ${made}; ${now} holds now. It stands; the gates ask by the new rules.`,
  'review.fourEyes': () => 'The reviewer edited this data themselves. Somebody else has to review it.',
  'act.duty': ({ act, duties }: Params) => `To ${act} takes ${duties}. Ask one of them, or the lead.`,
  'act.assignee': ({ duty }: Params) =>
    `This person does not hold the duty ${duty} in this scope. Give it to them first, or choose somebody else.`,
  'act.owner': () => 'Only the one who owns the next action, or the lead, hands it over. Ask them.',
  'act.admin': () => 'This takes an administrator of the organisation.',
  'move.reason': () => 'Moving a record back needs a reason. Say why.',
  'review.presentRevision': ({ present }: Params) =>
    `The data changed while you were reading: revision ${present} is the present one. Look at it, then decide.`,
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
  'waiver.fourEyes': () =>
    'You asked for this waiver yourself. Somebody else who may approve waivers has to decide it.',
  'waiver.later': ({ endsOn }: Params) => `It holds until ${endsOn} already. An extension has to end later.`,
  'waiver.needless': ({ rule }: Params) =>
    `${rule} keeps no gate of this record shut, so there is nothing to waive. Look at what its gates ask now.`,
  'scope.prefixTaken': ({ prefix }: Params) =>
    `Another scope already uses ${prefix} for its references. Choose another prefix.`,
  'invitation.signIn': ({ email }: Params) =>
    `${email} already has an account. Sign in with it, then open the link again.`,
  'operation.inUse': () =>
    'This operation id belongs to something that was done before. Send the request with an id of its own.',
  'person.oneself': () => 'You cannot end your own membership. Another administrator has to.',
  'import.unreadable': ({ why }: Params) => `Nothing of this file can be used: ${why}`,
  'import.element': ({ path }: Params) =>
    `The element ${path} is not part of an IVI 2.0 message here. Take it out of the file, or correct its name.`,
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
    `${missing} mandatory entries of its category are not in the file. The record will list them.`,
  'import.signature': () => 'The signature of the message was left out: it is made anew when the record is signed.',
} satisfies Record<string, (params: Params) => string>;

export type SentenceKey = keyof typeof en;
