import { axleCounts, contradictions, dimensions, entry, forRow, place, reasons } from './en-words.ts';

type Params = Record<string, string | number>;

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
    holder === ''
      ? 'An earlier row of this file has the same VIN at the same build stage. Keep one of the two.'
      : `${holder} already has this VIN at this build stage. Correct the VIN here, or work on ${holder}.`,
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
  'entry.present': ({ number, name, at }: Params) => `${entry(number, name)} is missing${forRow(at)}. Enter it.`,
  'entry.format': ({ number, name, value, expected }: Params) =>
    `${entry(number, name)} is "${value}". It has to be ${expected}.`,
  'entry.padded': ({ number, name, value }: Params) =>
    `${entry(number, name)} is "${value}", with blanks around it. Take them away unless they are meant.`,
  'stage.complete': ({ stage }: Params) =>
    `The vehicle is ${stage === 'I' ? 'incomplete' : 'completed in several stages'}: of its certificate only the first page and a few entries of the second are asked for here. Compare its technical entries with the approval.`,
  'vin.checkDigit': ({ digit, expected }: Params) =>
    `Where a make uses a check digit, the ninth character of this VIN would be ${expected}; it is ${digit}. Europe does not ask for it.`,
  'entry.calledFor': ({ number, name, at, why }: Params) =>
    `${entry(number, name)} is missing${forRow(at)}, though ${reasons[why as keyof typeof reasons]}. Enter it.`,
  'entry.likely': ({ number, name, at, why }: Params) =>
    `${entry(number, name)} seems to be missing${forRow(at)}: ${reasons[why as keyof typeof reasons]}. The public sources are not certain; compare with the approval.`,
  'stage.previous': ({ number, name }: Params) =>
    name === undefined
      ? 'Approval, variant and version (0.2.2) are the same as those of the stage before; at least one has to differ. Compare them with the certificate of that stage.'
      : `${entry(number, name)} is missing: a completed vehicle names the approval and type it was built on. Copy it from the certificate of that stage.`,
  'stage.incomplete': ({ number, name }: Params) =>
    name === undefined
      ? 'Couplings that can be fitted (45) seem to belong to an incomplete vehicle only. Move them to the couplings that are fitted, or correct the stage of completion.'
      : `${entry(number, name)} is missing: an incomplete vehicle seems to need it, as far as the public guidelines tell. Compare with the approval.`,
  'stage.owes': ({ number, name, stage }: Params) =>
    `${entry(number, name)} is missing: ${stage === 'I' ? 'an incomplete' : 'a completed'} vehicle seems to need it too, as far as the public guidelines tell. Compare with the approval.`,
  'approval.country': ({ country, designated }: Params) =>
    `The approval number begins with ${country}, but the certificate is meant for the authority ${designated}. Correct the number, or the designated country in the message header.`,
  'approval.provisional': () =>
    'The approval is provisional, so the countries it holds in belong here too. Enter them, or correct the indicator to N.',
  'dates.order': ({ issued, made, signed, today }: Params) =>
    issued !== undefined
      ? `The approval was issued on ${issued}, after the vehicle was made on ${made}. Usually it comes first; compare both with their papers.`
      : made !== undefined
        ? `The certificate was signed on ${signed}, before the vehicle was made on ${made}. Correct the one that is wrong.`
        : `The certificate is signed on ${signed}, and today is ${today}. Correct the date.`,
  'axles.count': ({ said, rows }: Params) =>
    `The number of axles (1) is ${said}, but ${rows} ${rows === 1 ? 'axle is' : 'axles are'} described. Correct the number, or add or remove an axle.`,
  'axles.flagged': ({ what, said, flagged }: Params) => {
    const [number, name, marked] = axleCounts[what as keyof typeof axleCounts];
    return `The number of ${name} (${number}) is ${said}, but ${flagged} of the axles ${flagged === 1 ? 'is' : 'are'} marked as ${marked}. Correct the number, or the mark of an axle.`;
  },
  'axles.spacing': ({ at, wheelbase, spacing }: Params) =>
    at === undefined
      ? `The wheelbase (4) is ${wheelbase} mm, the spacing of the two axles (4.1) ${spacing} mm. Usually they are the same; measure again.`
      : `The spacing to the next axle (4.1) is missing${forRow(at)}. Enter it.`,
  'mass.order': ({ running, actual, laden }: Params) =>
    laden === undefined
      ? `The actual mass (13.2) of ${actual} kg is below the mass in running order (13) of ${running} kg. That is rare; weigh again, or compare with the approval.`
      : `The ${actual === undefined ? 'mass in running order (13)' : 'actual mass (13.2)'} of ${actual ?? running} kg leaves nothing up to the laden mass (16.1) of ${laden} kg. Look for a digit too many or too few.`,
  'mass.axleSum': ({ sum, laden }: Params) =>
    `The axles may carry ${sum} kg together (16.2), less than the laden mass (16.1) of ${laden} kg. Compare both with the approval.`,
  'mass.distribution': ({ sum, running }: Params) =>
    `The axles carry ${sum} kg together (13.1), but the mass in running order (13) is ${running} kg. Correct the one that is wrong.`,
  'mass.combination': ({ combination, laden, most }: Params) =>
    `The mass of the combination (16.4) is ${combination} kg. With the laden mass (16.1) and the heaviest trailer (18) it usually lies from ${laden} to ${most} kg; compare with the approval.`,
  'mass.category': ({ category, laden, above, upTo }: Params) =>
    `The laden mass (16.1) is ${laden} kg; an ${category} has ${above === 0 ? '' : `more than ${above} kg`}${above !== 0 && upTo !== undefined ? ' and ' : ''}${upTo === undefined ? '' : `at most ${upTo} kg`}. Correct the mass or the category (0.4).`,
  'tow.tablePresent': () =>
    'The towable masses (18) are missing. Enter them; a vehicle that may not tow has 0 in every line.',
  'doors.sum': ({ said, sum }: Params) =>
    `The number of doors (41) is ${said}, but its sides have ${sum} together. Correct the number, or a side.`,
  'seats.category': ({ category, seats }: Params) =>
    `${seats} seating positions (42) do not go with ${category}: ${category === 'M1' ? 'at most 9, the driver’s included' : 'at least 10, the driver’s included'}. Correct the seats or the category (0.4).`,
  'body.category': ({ code, category, at }: Params) =>
    at === undefined
      ? 'A special purpose vehicle names what it is for (38): SA to SM. Choose the designation, or correct the category (0.4).'
      : `The bodywork ${code} (38) does not go with the category ${category}. Correct the code, or the category (0.4).`,
  'colour.category': ({ category }: Params) =>
    `A certificate of an ${category} has no colour (40), and the receiving content check rejects it. Remove it.`,
  'indicator.explicit': ({ number, name, category, at }: Params) =>
    category === undefined
      ? `${entry(number, name)}: ${place(`${at}`)} is not marked with Y or N. Mark it; a content check may ask for it.`
      : `${entry(number, name)} does not seem to belong to the certificate of an ${category}. Compare with the approval, and remove it unless it is meant.`,
  'field.notForCategory': ({ number, name, category }: Params) =>
    `${entry(number, name)} does not seem to belong to the certificate of an ${category}. Compare with the approval, and remove it unless it is meant.`,
  'power.pev': ({ what, at }: Params) =>
    `The vehicle is said to be pure electric (23), but ${contradictions[what as keyof typeof contradictions](at === undefined ? '' : place(`${at}`))}. Correct that, or entry 23.`,
  'power.hev': ({ what }: Params) =>
    what === 'pure'
      ? 'The vehicle has a combustion engine, so it is not pure electric (23). Choose N, and the class of the hybrid (23.1).'
      : 'The vehicle has a combustion engine and an electric motor, so it is a hybrid. Choose its class (23.1).',
  'power.ice': ({ number, name, at }: Params) =>
    `${entry(number, name)} is missing${forRow(at)}: a vehicle with an engine that burns fuel has it. Enter it.`,
  'wltp.complete': ({ number, name, at }: Params) =>
    `${entry(number, name)} is missing${forRow(at)}: vehicles with this powertrain have it from their WLTP test, as far as the official examples show. Enter it from the test report.`,
  'wltp.family': ({ number, name }: Params) =>
    `${entry(number, name)} is missing: vehicles with this powertrain belong to such a family, as far as the official examples show. Copy it from the approval.`,
  'wltp.plausible': ({ combined, least, most }: Params) =>
    `The combined value (49) is ${combined}, outside its phases from ${least} to ${most}. Look for a digit or phase mistaken.`,
  'eco.consistent': ({ number, name }: Params) =>
    name === undefined
      ? 'Codes or savings of eco-innovations are given, but none is said to be fitted (49.3). Remove them, or choose Y.'
      : `${entry(number, name)} is missing, though eco-innovations are said to be fitted (49.3). Enter it, or choose N.`,
  'tyre.fitted': ({ fitted, number, name, at }: Params) =>
    fitted === undefined
      ? `${entry(number, name)} is missing for ${place(`${at}`)}, which was fitted when the vehicle was made. Enter it.`
      : `${fitted === 0 ? 'None' : fitted} of the tyres of ${place(`${at}`)} (35) ${fitted === 0 || fitted === 1 ? 'is' : 'are'} marked as fitted in production; usually exactly one is. Mark the one.`,
  'tyre.load': ({ at, index, wheels, carries, mass }: Params) =>
    `The load index ${index} of ${place(`${at}`)} carries ${carries} kg on ${wheels} wheels, less than the ${mass} kg of the axle (16.2). Compare both with the approval.`,
  'tyre.speed': ({ at, symbol, allows, speed }: Params) =>
    `The speed symbol ${symbol} of ${place(`${at}`)} stands for ${allows} km/h, the vehicle reaches ${speed} km/h (29). Compare both with the approval, or mark a winter tyre.`,
  'vecto.hashes': ({ number, name, length }: Params) =>
    length === undefined
      ? `${entry(number, name)} is missing: this vehicle seems to need the VECTO simulation. Take it from the simulation’s files, or from whoever ran it.`
      : `${entry(number, name)} has ${length} characters or others than base64 has; the hash of a VECTO file has 44. Copy it again from the file.`,
  'coupling.m1': () =>
    'A certificate of an M1 has no mechanical couplings (44, 45). Remove them, or correct the category (0.4).',
  'value.unusual': ({ number, name, value, unit, most }: Params) =>
    `${entry(number, name)} is ${value}${unit === '' ? '' : ` ${unit}`}; more than ${most} is unusual for such a vehicle. Look for a digit too many.`,
  'dimension.plausible': ({ what, is, most, at }: Params) =>
    `The ${dimensions[what as keyof typeof dimensions]} of ${is} mm${forRow(at)} is more than goes with the rest (${most} mm). Look for a digit too many.`,
  'approval.form': ({ value, why }: Params) =>
    `The approval number "${value}" does not read like e1*2018/858*00001*00: ${numberTrouble[`${why}`]} Compare it with the approval certificate.`,
  'approval.file': ({ name, why, said, found }: Params) =>
    ({
      empty: `The file ${name} is empty. Choose another one.`,
      large: `The file ${name} is larger than 20 MiB. Make it smaller, or attach it in parts.`,
      name: `${name} is no PDF, PNG, JPEG or XML by its name. Attach one of these.`,
      other: `${name} is called ${said} and is ${found}. Correct its name, or choose another file.`,
      bytes: `${name} is called ${said} and does not begin like one. Open it where it comes from and save it again.`,
    })[why as 'empty' | 'large' | 'name' | 'other' | 'bytes'],
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
  'review.rules': ({ made, present }: Params) =>
    `The review was made under rule set ${made}; ${present} holds now. It stands; the gates ask by the new rules.`,
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
  'rules.unknown': ({ rule }: Params) => `There is no rule ${rule} here. Take it out of the settings.`,
  'rules.fixed': ({ rule }: Params) => `${rule} is the same for everybody. Take it out of the settings.`,
  'rules.wmi': ({ wmi }: Params) =>
    `"${wmi}" is no world manufacturer identifier. One has three capital letters or digits, without I, O and Q, such as WVW.`,
  'rules.waiverDays': ({ days, most }: Params) =>
    `A waiver holds for at least one day and at most ${most}; ${days} is neither. Choose a number between.`,
  'rules.unchanged': () => 'These settings hold already. Change something, or leave them.',
  'rules.untried': () =>
    'These settings were not tried since the rules last changed. Try them, look at what they change, then let them hold.',
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
    `${missing} mandatory ${missing === 1 ? 'entry' : 'entries'} of its category ${missing === 1 ? 'is' : 'are'} not in the file. The record will list ${missing === 1 ? 'it' : 'them'}.`,
  'import.signature': () => 'The signature of the message was left out: it is made anew when the record is signed.',
} satisfies Record<string, (params: Params) => string>;

export type SentenceKey = keyof typeof en;
