import { expect, test } from 'vitest';
import { en } from '#shared/text/en/index.ts';
import type { Format } from './entry.ts';
import { expectedInstead } from './format.ts';

const today = '2026-11-24';
const mass: Format = { kind: 'integer', min: 0, max: 999999 };
const power: Format = { kind: 'decimal', min: -9.99, max: 9999.99, decimals: 2 };
const day: Format = { kind: 'date' };
const built: Format = { kind: 'date', until: 'today' };
const moment: Format = { kind: 'datetime' };
const yesNo: Format = { kind: 'code', list: 'indicator' };
const level: Format = { kind: 'code', list: 'emissionLevel' };
const text: Format = { kind: 'text', max: 5 };

test.each<[Format, string]>([
  [mass, '0'],
  [mass, '999999'],
  [power, '150'],
  [power, '150.5'],
  [power, '-9.99'],
  [power, '9999.99'],
  [day, '2024-02-29'],
  [day, '2030-01-01'],
  [built, '2026-11-24'],
  [built, '2026-11-25'],
  [moment, '2026-11-24T09:30:00Z'],
  [moment, '2026-11-24T09:30:00.125+01:00'],
  [yesNo, 'Y'],
  [level, 'Euro 6 AP'],
  [text, 'ä ö ü'],
  [text, ' '],
  [{ kind: 'group' }, 'anything'],
])('[R51] %o accepts %j', (format, value) => expect(expectedInstead(format, value, today)).toBeNull());

const wordsFor = (format: Format, value: string) => {
  const { expected, ...of } = expectedInstead(format, value, today)!;
  return en.expected[expected](of);
};

test.each<[Format, string, RegExp]>([
  [mass, '', /whole number from 0 to 999999/],
  [mass, '1000000', /whole number/],
  [mass, '-1', /whole number/],
  [mass, '1495.0', /whole number/],
  [mass, '1.495', /whole number/],
  [mass, '1e3', /whole number/],
  [mass, '0x10', /whole number/],
  [mass, ' 1495', /whole number/],
  [mass, '1495 kg', /whole number/],
  [mass, '１４９５', /whole number/],
  [power, '150,5', /decimal point/],
  [power, '150.', /decimal point/],
  [power, '.5', /decimal point/],
  [power, '150.555', /at most 2 decimals/],
  [power, '10000', /from -9.99 to 9999.99/],
  [power, '1E2', /decimal point/],
  [power, 'NaN', /decimal point/],
  [day, '2026-02-29', /calendar/],
  [day, '2026-13-01', /calendar/],
  [day, '24.11.2026', /YYYY-MM-DD/],
  [day, '2026-11-24T00:00', /YYYY-MM-DD/],
  [built, '2026-11-26', /not in the future/],
  [built, '2026-11-31', /calendar/],
  [moment, '2026-11-24', /date and time/],
  [moment, '2026-02-30T09:30:00Z', /date and time/],
  [yesNo, 'y', /one of Y, N/],
  [yesNo, 'true', /one of Y, N/],
  [level, 'Euro 6AP', /code of the list/],
  [level, 'constructor', /code of the list/],
  [text, '', /1 to 5 characters/],
  [text, 'abcdef', /1 to 5 characters/],
])('[R51] %o refuses %j', (format, value, words) => expect(wordsFor(format, value)).toMatch(words));
