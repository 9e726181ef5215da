import { Unreadable } from './unreadable.ts';

const marks: [number[], string][] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];

/**
 * The encoding of a file: from its byte order mark, from `declared` (an XML declaration), otherwise UTF-8. Never
 * guessed.
 */
export function encodingOf(bytes: Uint8Array, declared?: string): string {
  const mark = marks.find(([start]) => start.every((byte, index) => bytes[index] === byte));
  if (mark) return mark[1];
  // A declaration that is readable byte by byte is not UTF-16, whatever it declares.
  return declared === undefined || isUtf16(declared) ? 'utf-8' : declared;
}

export const isUtf16 = (encoding: string) => /^utf-?16/i.test(encoding);

/** The text of a file. Throws Unreadable with the line of the first bytes that do not fit its encoding. */
export function decodeText(bytes: Uint8Array, declared?: string): string {
  const encoding = encodingOf(bytes, declared);
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(encoding, { fatal: true });
  } catch {
    throw new Unreadable('encoding.unknown', { encoding });
  }
  if (!isUtf16(encoding) && hasZeroInEverySecondPlace(bytes)) throw new Unreadable('encoding.noMark');
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    const line = firstBadLine(bytes, encoding);
    throw new Unreadable('encoding.bytes', { encoding: encoding.toUpperCase(), line });
  }
  if (text.includes('\0')) throw new Unreadable('encoding.zeros');
  return text;
}

function hasZeroInEverySecondPlace(bytes: Uint8Array): boolean {
  const start = bytes.subarray(0, 200);
  const zeros = [0, 0];
  for (const [at, byte] of start.entries()) if (byte === 0) zeros[at % 2]! += 1;
  return Math.max(...zeros) * 4 > start.length && Math.min(...zeros) * 8 < start.length;
}

/** The decoder reports that bytes are invalid, but not which: a binary search finds the line. */
function firstBadLine(bytes: Uint8Array, encoding: string): number {
  let [good, bad] = [0, bytes.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    try {
      new TextDecoder(encoding, { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
      good = middle;
    } catch {
      bad = middle;
    }
  }
  return bytes.subarray(0, good).reduce((lines, byte) => lines + (byte === 10 ? 1 : 0), 1);
}
