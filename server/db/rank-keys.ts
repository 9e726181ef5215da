import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing';

/** A place in a column: the keys of the cards above and below it. Null: an end of the column. */
export type KeyGap = readonly [low: string | null, high: string | null];

/** A move whose key would be longer than this renumbers the cards around it. */
export const longKey = 24;
/** A job renumbers a whole column that has a key longer than this. */
export const tooLong = 28;
/** How many cards on each side of a place a move may renumber. */
export const reach = 64;

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * Returns a key in a gap. `id`: the id of the record, so that two cards dropped into one gap at the same time receive
 * different keys. Returns null if there is no space: the keys around the gap are equal.
 */
export function keyIn([low, high]: KeyGap, id: string): string | null {
  const own = suffixOf(id);
  for (let upper = high; ;) {
    if (low !== null && upper !== null && low >= upper) return null;
    const middle = generateKeyBetween(low, upper);
    if (high === null || `${middle}${own}` < high) return `${middle}${own}`;
    // `high` starts with `middle`.
    upper = middle;
  }
}

/** Four digits from the random part of an id. The last digit is not 0, because a valid key never ends with 0. */
function suffixOf(id: string): string {
  const bits = Number.parseInt(id.slice(-9), 16);
  const at = (place: number) => digits[Math.floor(bits / 62 ** place) % 62]!;
  return `${at(3)}${at(2)}${at(1)}${digits[1 + (bits % 61)]!}`;
}

/** New keys for some of the cards around a place. */
export interface Renumbered {
  /** Index of the first card with a new key. */
  from: number;
  keys: string[];
  /** The key for the place itself. */
  own: string;
}

/**
 * Renumbers the fewest cards around a place that yield short keys. `keys`: the keys of the cards around it, in order;
 * the place is before `keys[at]`. `ends`: whether the first and the last of them are the ends of the column; where the
 * column continues, the outermost key stays. The more cards are renumbered, the shorter their keys must be, so that the
 * same place does not fill up again immediately. Returns null if all keys are equal.
 */
export function renumbered(
  keys: readonly string[],
  at: number,
  ends: { top: boolean; bottom: boolean },
): Renumbered | null {
  let best: (Renumbered & { longest: number }) | null = null;
  for (let half = 2; ; half *= 2) {
    const from = Math.max(at - half, ends.top ? 0 : 1);
    const to = Math.min(at + half, ends.bottom ? keys.length : keys.length - 1);
    const [low, high] = [keys[from - 1] ?? null, keys[to] ?? null];
    if (from <= at && at <= to && (low === null || high === null || low < high)) {
      const fresh = generateNKeysBetween(low, high, to - from + 1);
      const longest = Math.max(...fresh.map(({ length }) => length));
      const [own] = fresh.splice(at - from, 1);
      if (!best || longest < best.longest) best = { from, keys: fresh, own: own!, longest };
      if (longest <= longKey - Math.log2(to - from + 1)) return best;
    }
    if (half >= Math.max(at, keys.length - at)) return best;
  }
}

/**
 * Returns keys for the cards above `high`, the topmost key of the column that is already renumbered: whole numbers
 * counting down from it. `low`: the key of the card above them. For the last cards of a column `high` is null; they
 * leave `room` numbers free for the cards above. Every card of the column ends up with a short whole number, and the
 * order is correct after every step.
 */
export function numbersAbove(high: string | null, low: string | null, last: string, count: number, room: number) {
  const end = high === null ? numberOf(last) + 1 + room + count : numberOf(high);
  const floor = low === null ? -1 : numberOf(low);
  if (end - count <= floor) return generateNKeysBetween(low, high, count);
  return Array.from({ length: count }, (_, index) => keyOfNumber(end - count + index));
}

/** The whole number at the start of a key; -1 for negative numbers. */
function numberOf(key: string): number {
  const length = key.charCodeAt(0) - 96;
  if (length < 1) return -1;
  let number = 0;
  for (let i = 1; i <= length; i++) number = number * 62 + digits.indexOf(key[i]!);
  for (let shorter = 1; shorter < length; shorter++) number += 62 ** shorter;
  return number;
}

function keyOfNumber(number: number): string {
  let [rest, length] = [number, 1];
  for (; rest >= 62 ** length; length++) rest -= 62 ** length;
  let key = '';
  for (let i = 0; i < length; i++, rest = Math.floor(rest / 62)) key = digits[rest % 62]! + key;
  return String.fromCharCode(96 + length) + key;
}
