import type { UnreadableWhy } from '#shared/contract/unreadable-why.ts';
import { Unreadable } from './unreadable.ts';

/** File kinds by their first bytes. For archives, the names of the files inside decide. */
const kinds: readonly (readonly [bytes: number[], inside: string | null, why: UnreadableWhy])[] = [
  [[0x50, 0x4b, 0x03, 0x04], 'xl/', 'file.excel'],
  [[0x50, 0x4b, 0x03, 0x04], 'opendocument.spreadsheet', 'file.openDocument'],
  [[0x50, 0x4b, 0x03, 0x04], 'word/', 'file.word'],
  [[0x50, 0x4b], null, 'file.archive'],
  [[0xd0, 0xcf, 0x11, 0xe0], null, 'file.oldOffice'],
  [[0x1f, 0x8b], null, 'file.gzip'],
  [[0x37, 0x7a, 0xbc, 0xaf], null, 'file.sevenZip'],
  [[0x25, 0x50, 0x44, 0x46], null, 'file.pdf'],
  [[0x89, 0x50, 0x4e, 0x47], null, 'file.picture'],
  [[0xff, 0xd8, 0xff], null, 'file.picture'],
];

/** Throws Unreadable with the kind of the file if it is neither a table nor a message as text. */
export function refuseOtherKinds(bytes: Uint8Array): void {
  const latin = (part: Uint8Array) => new TextDecoder('latin1').decode(part);
  const names = `${latin(bytes.subarray(0, 8192))}${latin(bytes.subarray(-8192))}`;
  for (const [start, inside, why] of kinds)
    if (start.every((byte, at) => bytes[at] === byte) && (inside === null || names.includes(inside)))
      throw new Unreadable(why);
  if (/^(\u00EF\u00BB\u00BF)?\s*(\{\s*"|\[\s*[[{"])/.test(names)) throw new Unreadable('file.json');
}
