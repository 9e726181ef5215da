import { Unreadable } from './unreadable.ts';

const asCsv = 'save the sheet as "CSV UTF-8" and hand that in.';

/** What a file is by its first bytes, and what to do with it. Of archives the names of the files in them tell more. */
const kinds: readonly (readonly [bytes: number[], inside: string | null, says: string])[] = [
  [[0x50, 0x4b, 0x03, 0x04], 'xl/', `it is an Excel workbook. In Excel, ${asCsv}`],
  [[0x50, 0x4b, 0x03, 0x04], 'opendocument.spreadsheet', `it is an OpenDocument spreadsheet. ${upper(asCsv)}`],
  [
    [0x50, 0x4b, 0x03, 0x04],
    'word/',
    'it is a Word document. Export the data as CSV or XML from where they come from.',
  ],
  [[0x50, 0x4b], null, 'it is a ZIP archive. Unpack it and hand in the files in it.'],
  [[0xd0, 0xcf, 0x11, 0xe0], null, `it is a file of an older Office, probably an Excel workbook. In Excel, ${asCsv}`],
  [[0x1f, 0x8b], null, 'it is compressed with gzip. Unpack it and hand in the file in it.'],
  [[0x37, 0x7a, 0xbc, 0xaf], null, 'it is a 7z archive. Unpack it and hand in the files in it.'],
  [[0x25, 0x50, 0x44, 0x46], null, 'it is a PDF document. Export the data as CSV or XML from where they come from.'],
  [[0x89, 0x50, 0x4e, 0x47], null, 'it is a picture. Export the data as CSV or XML from where they come from.'],
  [[0xff, 0xd8, 0xff], null, 'it is a picture. Export the data as CSV or XML from where they come from.'],
];

/** Throws Unreadable with what the file is, where it is neither a table nor a message as text. */
export function refuseOtherKinds(bytes: Uint8Array): void {
  const latin = (part: Uint8Array) => new TextDecoder('latin1').decode(part);
  const names = `${latin(bytes.subarray(0, 8192))}${latin(bytes.subarray(-8192))}`;
  for (const [start, inside, says] of kinds)
    if (start.every((byte, at) => bytes[at] === byte) && (inside === null || names.includes(inside)))
      throw new Unreadable(says);
  if (/^(\u00EF\u00BB\u00BF)?\s*(\{\s*"|\[\s*[[{"])/.test(names))
    throw new Unreadable('it is JSON, which is not read. Export the data as CSV or XML.');
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
