import { expected } from './expected.ts';
import {
  axleCounts,
  contradictions,
  dimensions,
  entry,
  forRow,
  oddCharacter,
  place,
  reasons,
  within,
} from './words.ts';

type Params = Record<string, string | number>;

const numberProblems: Record<string, string> = {
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

/** English sentences for findings about the record: what is wrong, where, and what to do. */
export const findingsOfRecord = {
  'vin.length17': ({ length, ...odd }: Params) =>
    length === 0
      ? 'The VIN is missing. Enter the 17 characters stamped on the vehicle.'
      : odd['at'] !== undefined
        ? `The VIN has to have 17 capital letters and digits; this one has ${length} characters, and ${oddCharacter(odd)}. Type it again from the vehicle.`
        : `The VIN has to have 17 capital letters and digits; this one has ${length} characters or others among them.`,
  'vin.noIOQ': ({ letters }: Params) =>
    `A VIN never holds the letters I, O or Q; this one holds ${letters}. Look for 1 or 0 misread.`,
  'vin.unique': ({ holder }: Params) =>
    holder === ''
      ? 'An earlier row of this file has the same VIN at the same build stage. Keep one of the two.'
      : `${holder} already has this VIN at this build stage. Correct the VIN here, or work on ${holder}.`,
  'vin.lastFourNumeric': ({ end, digits }: Params) =>
    `A VIN usually ends in ${digits === 3 ? 'three' : 'four'} digits; this one ends in ${end}. Compare it with the vehicle.`,
  'category.known': ({ category }: Params) =>
    category === ''
      ? 'The vehicle category (0.4) is missing. Choose one of M, N or O.'
      : `"${category}" is not a vehicle category of M, N or O. Choose one of the list, for example M1 or N2G.`,
  'entry.present': ({ number, name, at, end }: Params) =>
    end === undefined
      ? `${entry(number, name)} is missing${forRow(at)}. Enter it.`
      : `${entry(number, name)} has a ${end === 'maximum' ? 'minimum' : 'maximum'} and no ${end}. Enter the ${end}, or the one value.`,
  'entry.format': ({ number, name, value, expected: what, ...of }: Params) =>
    `${entry(number, name)} is "${value}". It has to be ${expected[what as keyof typeof expected]?.(of) ?? what}.`,
  'code.doubtful': ({ number, name, code, instead }: Params) =>
    `${entry(number, name)} is ${code}. The schema lists ${code} where ${instead} seems to be meant; compare with the simulation, and choose ${instead} if it says so.`,
  'text.lookAlike': ({ number, name, value, ...odd }: Params) =>
    `${entry(number, name)} is "${value}", and ${oddCharacter(odd)}. Type it again from the approval certificate.`,
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
  'power.pevFuel': () =>
    'The vehicle is pure electric (23) and has a type of fuel (26.1). No official example has both; remove the type of fuel unless it is meant.',
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
  'dimension.plausible': ({ what, is, most, at, number, name }: Params) =>
    what === undefined
      ? `${entry(number, name)} has a minimum of ${is} above its maximum of ${most}. Correct the one that is wrong.`
      : `The ${dimensions[what as keyof typeof dimensions]} of ${is} mm${forRow(at)} is more than goes with the rest (${most} mm). Look for a digit too many.`,
  'approval.form': ({ value, why, instead }: Params) =>
    instead === undefined
      ? `The approval number "${value}" does not read like e1*2018/858*00001*00: ${numberProblems[`${why}`]} Compare it with the approval certificate.`
      : `The approval number "${value}" is written in another way than registers write it: its first letter has to be small. Enter ${instead}.`,
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
  // Findings from before entries and bounds had their own parameters contain title and allowed values as words.
  'approval.range': ({ title, number, name, value, approval, allowed, ...bounds }: Params) =>
    approval === undefined
      ? `${title} is "${value}"; ${number} allows ${allowed}. Compare it with the approval.`
      : `${entry(number, name)} is "${value}"; ${approval} allows ${within(bounds)}. Compare it with the approval.`,
  'approval.signatory': ({ name, number }: Params) =>
    `${name} is not among those who may sign under ${number}. Assign somebody who is, or have the register say so.`,
  'vin.wmiKnown': ({ wmi, own }: Params) =>
    `The identifier of the VIN is ${wmi}, which is none of the organisation's own (${own}). Compare it with the vehicle.`,
} satisfies Record<string, (params: Params) => string>;
