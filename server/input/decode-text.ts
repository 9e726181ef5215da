import { Unreadable } from './unreadable.ts';

const marks: [number[], string][] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];

/**
 * The text of a file: by its byte order mark, by `declared` (an XML declaration), otherwise UTF-8. Never guessed: bytes that
 * do not fit throw Unreadable with the line they stand in.
 */
export function decodeText(bytes: Uint8Array, declared?: string): string {
  const mark = marks.find(([start]) => start.every((byte, index) => bytes[index] === byte));
  const encoding = mark?.[1] ?? declared ?? 'utf-8';
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(encoding, { fatal: true });
  } catch {
    throw new Unreadable(`its encoding "${encoding}" is not known. Save it as UTF-8 and hand it in again.`);
  }
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw new Unreadable(
      `it is not ${encoding.toUpperCase()} from line ${firstBadLine(bytes, encoding)} on. Save it as UTF-8 and hand it in again.`,
    );
  }
  if (text.includes('\0'))
    throw new Unreadable('it holds zero bytes, so it is no text. Export it as text and hand it in again.');
  return text;
}

/** The decoder tells that bytes are bad, not which: halve until it is found. */
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
