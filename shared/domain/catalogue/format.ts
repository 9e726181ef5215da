import { dayAfter } from '../day.ts';
import { codesIn, defaultEdition, type Edition } from './edition.ts';
import type { Format } from './entry.ts';

/** The expected format of a value, as parameters of the finding. */
export type Expected =
  | { expected: 'text'; max: number }
  | { expected: 'integer'; min: number; max: number }
  | { expected: 'decimal'; min: number; max: number; decimals: number }
  | { expected: 'date' | 'pastDate' | 'datetime' | 'code' }
  | { expected: 'oneOf'; codes: string };

/**
 * Returns the expected format; null if the value has it. Source: the simple types of the IVI 2.0 schema. A value is
 * never trimmed, rounded or read in another notation. `today`: the day of judging. `edition`: the edition whose closed
 * lists apply.
 */
export function expectedInstead(
  format: Format,
  value: string,
  today: string,
  edition: Edition = defaultEdition,
): Expected | null {
  switch (format.kind) {
    case 'group':
      return null;
    case 'text':
      return value.length >= 1 && value.length <= format.max ? null : { expected: 'text', max: format.max };
    case 'integer':
      return /^\d+$/.test(value) && within(value, format)
        ? null
        : { expected: 'integer', min: format.min, max: format.max };
    case 'decimal':
      return isDecimal(value, format.decimals) && within(value, format)
        ? null
        : { expected: 'decimal', min: format.min, max: format.max, decimals: format.decimals };
    case 'date':
      if (!isDay(value)) return { expected: 'date' };
      // `today` may be a day behind time zones further east.
      return format.until === 'today' && value > dayAfter(today) ? { expected: 'pastDate' } : null;
    case 'datetime':
      return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?$/.test(value) &&
        isDay(value.slice(0, 10))
        ? null
        : { expected: 'datetime' };
    case 'code': {
      const codes = codesIn(edition, format.list);
      if (Object.hasOwn(codes, value)) return null;
      const all = Object.keys(codes);
      return all.length <= 12 ? { expected: 'oneOf', codes: all.join(', ') } : { expected: 'code' };
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
