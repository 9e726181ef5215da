import type { Duty } from '#shared/contract/duty.ts';
import { duties } from './names.ts';

/** English words that several sentences share. */

/** `1 day`, `2 days`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** `a, b or c`. */
export const either = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;

/** `a lead`, `an observer`. */
export const withArticle = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;

/** The people who have a permission: `lead dataOwner.own` becomes `the lead or this record's data owner`. */
export const holders = (whose: string): string =>
  either(
    whose.split(' ').map((one) => {
      const [duty, own] = one.split('.') as [Duty, string?];
      if (duty === 'lead') return 'the lead';
      return own ? `this record’s ${duties[duty]}` : withArticle(duties[duty]);
    }),
  );

export const entry = (number: string | number | undefined, name: string | number | undefined) =>
  number === '' ? `${name}` : `${number} ${name}`;

/** `1 to 5`, `at most 5`, or the allowed codes. */
export const within = ({ codes, least, most }: Record<string, string | number>): string => {
  if (codes !== undefined) return String(codes);
  if (least === undefined) return `at most ${most}`;
  return most === undefined ? `at least ${least}` : `${least} to ${most}`;
};

const rowNames: Record<string, string> = {
  AxleGroup: 'axle',
  BodyworkGroup: 'bodywork',
  TyreAxleGroup: 'tyre',
  EnergyConvertorGroup: 'engine or motor',
  EnergySourceGroup: 'energy source',
};

/** `AxleGroup/2/TyreAxleGroup/1` is axle 2, tyre 1. */
export const place = (at: string) =>
  [...at.matchAll(/(\w+)\/(\d+)/g)].map(([, group, row]) => `${rowNames[group!] ?? group} ${row}`).join(', ');

/** ` for axle 2`; empty if a finding is about the whole vehicle. */
export const forRow = (at: string | number | undefined) => (at === undefined ? '' : ` for ${place(`${at}`)}`);

export const axleCounts = {
  powered: ['3', 'powered axles', 'powered'],
  steered: ['2', 'steered axles', 'steered'],
  twin: ['1.1', 'axles with twin wheels', 'having twin wheels'],
} as const;

/** Why an entry is required, by its condition in the catalogue or the kind of engine that requires it. */
export const reasons = {
  combustion: 'the vehicle has a combustion engine',
  electric: 'the vehicle has an electric motor',
  fuelled: 'the vehicle burns fuel',
  dualFuel: 'its fuel type is D (26.1)',
  workingPrinciple: 'the vehicle has a combustion engine',
  gearbox: 'the vehicle has a combustion engine or a table of gears',
  alternativePropulsion: 'the vehicle is driven by electricity or hydrogen',
  positiveIgnition: 'the engine is one of positive ignition (22)',
  compressionIgnition: 'the engine is one of compression ignition (22)',
  heavyEmissions: 'the vehicle has a combustion engine',
  heavyDutyEngine: 'the engine is a heavy-duty one (47)',
  stationarySoundGiven: 'the sound level when standing is given',
  representativeAddressed: 'an address of the representative is given',
  representativeNamed: 'a representative is named',
  completed: 'the vehicle is a completed one',
  smallSeries: 'the approval is one of a small series',
  severalAxles: 'the vehicle has several axles (1)',
  severalPoweredAxles: 'the vehicle has several powered axles (3)',
  axleGroups: 'groups of axles are described',
  semiTrailerTractor: 'the vehicle pulls a semi-trailer (38)',
  loadingArea: 'the vehicle has the bodywork of one with a loading area (38)',
  couplingFitted: 'a coupling is described',
  couplingMayFollow: 'the vehicle is incomplete',
  tows: 'the vehicle may tow (18)',
  restsOnTowingVehicle: 'the trailer is a semi-trailer or a centre-axle trailer (38)',
  reciprocating: 'the vehicle has a combustion engine',
  pneumaticTrailerBrake: 'the brakes of the trailer are pneumatic (36)',
  wheelchairs: 'the vehicle is made for wheelchair users (38)',
  standees: 'buses of its class have standing places (39)',
  wltpCombustion: 'the vehicle has a combustion engine tested under WLTP',
  wltpPositiveIgnition: 'the engine is one of positive ignition (22)',
  wltpCompressionIgnition: 'the engine is one of compression ignition (22)',
  wltpParticles: 'the engine is one of compression ignition (22)',
  particleNumberGiven: 'a number of particles is given',
  matrixFamily: 'the road load comes from the matrix method',
  matrixFamilyGiven: 'a family of the road load matrix is given (0.2.3.5)',
  vecto: 'the vehicle seems to need the VECTO simulation',
  dangerousGoods: 'dangerous goods may be carried (50)',
};

export const contradictions = {
  engine: (at: string) => `${at} is not driven by electricity`,
  co2: () => 'it has CO2 values (49.4)',
  hybrid: () => 'it has the class of a hybrid (23.1)',
  level: () => 'its emission level (47) is one of combustion engines',
};

export const dimensions = {
  wheelbase: 'wheelbase (4)',
  length: 'length (5)',
  loadingArea: 'length of the loading area (11)',
  rearOverhang: 'rear overhang (12)',
  track: 'axle track (30)',
  spacing: 'axle spacing (4.1)',
};

const oddKinds: Record<string, string> = {
  cyrillic: 'a Cyrillic letter',
  greek: 'a Greek letter',
  letter: 'a letter of another alphabet',
  wide: 'a character of another width',
  digit: 'a digit of another script',
  dash: 'another kind of dash',
  blank: 'another kind of blank',
  invisible: 'an invisible character',
  other: 'no such character',
};

/** `character 3 is Т, a Cyrillic letter (U+0422) that looks like T`. */
export const oddCharacter = ({ at, sign, code, kind, like }: Record<string, string | number>) =>
  `character ${at} is ${sign === '' ? '' : `${sign}, `}${oddKinds[`${kind}`]} (${code})${like === '' ? '' : ` that looks like ${like}`}`;
