import { dayAfter } from '../day.ts';
import { codesIn, defaultEdition, type Edition } from './edition.ts';
import type { Format } from './entry.ts';

/**
 * What is expected instead, in words; null where the value is written as it has to be. Source: the simple types of the
 * IVI 2.0 schema. A value is never trimmed, rounded or read in another notation. `today`: the day of the judgement.
 * `edition`: whose closed lists count.
 */
export function expectedInstead(
  format: Format,
  value: string,
  today: string,
  edition: Edition = defaultEdition,
): string | null {
  switch (format.kind) {
    case 'group':
      return null;
    case 'text':
      return value.length >= 1 && value.length <= format.max ? null : `text of 1 to ${format.max} characters`;
    case 'integer':
      return /^\d+$/.test(value) && within(value, format) ? null : `a whole number from ${format.min} to ${format.max}`;
    case 'decimal':
      return isDecimal(value, format.decimals) && within(value, format)
        ? null
        : `a number from ${format.min} to ${format.max} with a decimal point and at most ${format.decimals} decimals`;
    case 'date':
      if (!isDay(value)) return 'a date of the calendar, written YYYY-MM-DD';
      // The day in Greenwich; further east it may be tomorrow already.
      return format.until === 'today' && value > dayAfter(today) ? 'a day that is not in the future' : null;
    case 'datetime':
      return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?$/.test(value) &&
        isDay(value.slice(0, 10))
        ? null
        : 'a date and time, written YYYY-MM-DDThh:mm:ss+hh:mm';
    case 'code': {
      const codes = codesIn(edition, format.list);
      if (Object.hasOwn(codes, value)) return null;
      const all = Object.keys(codes);
      return all.length <= 12 ? `one of ${all.join(', ')}` : 'a code of the list, in exactly its letters';
    }
  }
}

function within(value: string, { min, max }: { min: number; max: number }): boolean {
  return Number(value) >= min && Number(value) <= max;
}

function isDecimal(value: string, decimals: number): boolean {
  if (!/^-?\d+(\.\d+)?$/.test(value)) return false;
  const point = value.indexOf('.');
  return point < 0 || value.length - point - 1 <= decimals;
}

function isDay(value: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value) ?? [];
  if (year === undefined) return false;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}
