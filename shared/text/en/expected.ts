import type { Texts } from '../texts.ts';

export const expected: Texts['expected'] = {
  text: ({ max }) => `text of 1 to ${max} characters`,
  integer: ({ min, max }) => `a whole number from ${min} to ${max}`,
  decimal: ({ min, max, decimals }) =>
    `a number from ${min} to ${max} with a decimal point and at most ${decimals} decimals`,
  date: () => 'a date of the calendar, written YYYY-MM-DD',
  pastDate: () => 'a day that is not in the future',
  datetime: () => 'a date and time, written YYYY-MM-DDThh:mm:ss+hh:mm',
  oneOf: ({ codes }) => `one of ${codes}`,
  code: () => 'a code of the list, in exactly its letters',
};
