import { textAt } from '../data-tree.ts';
import { ok, violation, type Rule } from '../rule.ts';
import { oddCharacters } from '../odd-characters.ts';

export const vinPath = 'CocDataGroup/VehicleIdentificationNumber';

/** R01. The schema's own pattern; a missing VIN also violates it. */
export const vinForm: Rule = {
  id: 'R01',
  key: 'vin.length17',
  severity: 'error',
  mend: ['dataOwner', 'lead'],
  check({ data }) {
    const vin = textAt(data, vinPath) ?? '';
    if (/^[A-Z0-9]{17}$/.test(vin)) return ok;
    const [odd] = oddCharacters(vin, /[^A-Z0-9]/u);
    return violation({ entry: 'vin', params: { length: vin.length, ...odd } });
  },
};

/** R02. ISO 3779; the IVI schema accepts I, O and Q. */
export const vinLetters: Rule = {
  id: 'R02',
  key: 'vin.noIOQ',
  severity: 'error',
  mend: ['dataOwner', 'lead'],
  check({ data }) {
    const letters = [...new Set(textAt(data, vinPath)?.match(/[IOQ]/g))].join(', ');
    return letters === '' ? ok : violation({ entry: 'vin', params: { letters } });
  },
};

/** R03. A vehicle has one record at each build stage. */
export const vinUnique: Rule = {
  id: 'R03',
  key: 'vin.unique',
  severity: 'error',
  mend: ['dataOwner', 'lead'],
  check: ({ vinHolder }) => (vinHolder === null ? ok : violation({ entry: 'vin', params: { holder: vinHolder } })),
};

/**
 * R04b. Under ISO 3779, a VIN ends in four digits. A warning, because an official sample of the message does not. For a
 * manufacturer of few vehicles, whose identifier has a 9 in third place, the fourteenth character belongs to the
 * identifier.
 */
export const vinEnd: Rule = {
  id: 'R04b',
  key: 'vin.lastFourNumeric',
  severity: 'warning',
  mend: ['dataOwner', 'lead'],
  check({ data }) {
    const vin = textAt(data, vinPath) ?? '';
    const digits = vin[2] === '9' ? 3 : 4;
    return /^[A-Z0-9]{17}$/.test(vin) && !/^\d+$/.test(vin.slice(-digits))
      ? violation({ entry: 'vin', params: { end: vin.slice(-digits), digits } })
      : ok;
  },
};

const weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
const letterValues = Object.fromEntries(
  [...'ABCDEFGHJKLMNPRSTUVWXYZ'].map((letter, at) => [letter, '12345678123457923456789'[at]!]),
);

/**
 * R04. Information only: Europe does not require a check digit, so the rule applies only if a digit or X is in its
 * position.
 */
export const vinCheckDigit: Rule = {
  id: 'R04',
  key: 'vin.checkDigit',
  severity: 'info',
  mend: ['dataOwner', 'lead'],
  check({ data }) {
    const vin = textAt(data, vinPath) ?? '';
    if (!/^[A-HJ-NPR-Z0-9]{8}[0-9X][A-HJ-NPR-Z0-9]{8}$/.test(vin)) return ok;
    const sum = [...vin].reduce((all, sign, at) => all + Number(letterValues[sign] ?? sign) * weights[at]!, 0);
    const expected = sum % 11 === 10 ? 'X' : String(sum % 11);
    return expected === vin[8] ? ok : violation({ entry: 'vin', params: { digit: vin[8]!, expected } });
  },
};
