import type { Texts } from '../texts.ts';

const asCsv = 'save the sheet as "CSV UTF-8" and import that.';
const fromSource = 'Export the data as CSV or XML from the system they come from.';
const line = (at: string | number | undefined) => (at === undefined ? '' : ` in line ${at}`);

export const unreadable: Texts['unreadable'] = {
  'csv.carriageReturns': () =>
    'its lines end with a carriage return alone. Save it with the line ends of Windows or Unix.',
  'csv.empty': () => 'it is empty. Check what was exported.',
  'csv.noColumns': () => 'its first line names no columns. The first line has to be the header.',
  'csv.noMapping': () => 'no column mapping fits its columns. Choose one, or say below which column fills which entry.',
  'csv.noRows': () => 'it has a header and no rows. Check what was exported.',
  'csv.quotes': ({ line: at }) =>
    `its quotes do not pair${at === undefined ? '' : ` around line ${at}`}. Export it again, or correct that line.`,
  'csv.sameColumn': ({ column }) =>
    `two of its columns are called "${column}". Rename one, so that it is clear which is meant.`,
  'csv.tooManyColumns': ({ columns, length }) =>
    `it has more than ${columns} columns, or one whose name has more than ${length} characters. Check its first line.`,
  'encoding.bytes': ({ encoding, line: at }) =>
    encoding === 'UTF-8'
      ? `it is not UTF-8 from line ${at} on: probably it is stored in Windows-1252, as "CSV" without "UTF-8" is by Excel. Save it as "CSV UTF-8" and import it again.`
      : `it is not ${encoding} from line ${at} on. Save it as UTF-8 and import it again.`,
  'encoding.noMark': () =>
    'it seems to be UTF-16, but the byte order mark that says so is missing. Save it as UTF-8 and import it again.',
  'encoding.unknown': ({ encoding }) =>
    `its encoding "${encoding}" is not known. Save it as UTF-8 and import it again.`,
  'encoding.zeros': () => 'it holds zero bytes, so it is not text. Export it as text and import it again.',
  'file.archive': () => 'it is a ZIP archive. Unpack it and import the files in it.',
  'file.excel': () => `it is an Excel workbook. In Excel, ${asCsv}`,
  'file.gzip': () => 'it is compressed with gzip. Unpack it and import the file in it.',
  'file.json': () => 'it is JSON, which cannot be imported. Export the data as CSV or XML.',
  'file.memory': () => 'reading it takes more memory than the server gives to a file. Import it in parts.',
  'file.oldOffice': () => `it is a file of an older Office, probably an Excel workbook. In Excel, ${asCsv}`,
  'file.openDocument': () => `it is an OpenDocument spreadsheet. S${asCsv.slice(1)}`,
  'file.pdf': () => `it is a PDF document. ${fromSource}`,
  'file.picture': () => `it is a picture. ${fromSource}`,
  'file.sevenZip': () => 'it is a 7z archive. Unpack it and import the files in it.',
  'file.word': () => `it is a Word document. ${fromSource}`,
  'server.failed': () => 'the server failed while reading it. Import it again.',
  'server.restarted': () => 'the server was restarted while reading it. Import it again.',
  'xml.character': ({ line: at }) =>
    `it is not well-formed XML: a character that XML does not allow${line(at)}. Export it again.`,
  'xml.deep': ({ most, line: at }) =>
    `it has elements more than ${most} deep inside each other (line ${at}). Check what this file is.`,
  'xml.doctype': () => 'it declares a document type or entities, which a message never does. Export it without.',
  'xml.large': () => 'it is larger than 2 MiB. A message holds one vehicle; check what this file is.',
  'xml.malformed': ({ line: at }) =>
    `it is not well-formed XML${at === undefined ? '' : ` (line ${at})`}. Export it again.`,
  'xml.manyElements': ({ most, line: at }) =>
    `it has more than ${most} elements (line ${at}). Check what this file is.`,
  'xml.namespace': ({ found, expected }) =>
    `its namespace is ${found === '' ? 'empty' : found}, not ${expected}. Check that it is an IVI message of version 2.0.`,
  'xml.noReference': ({ line: at }) =>
    `it is not well-formed XML: a & that begins no reference${line(at)}. Export it again.`,
  'xml.reference': ({ line: at }) =>
    `it is not well-formed XML: a reference to a character that XML does not allow${line(at)}. Export it again.`,
  'xml.root': ({ found, expected }) =>
    `its root is ${found}, not ${expected}. Check that it is an IVI message of version 2.0.`,
  'xml.unclosed': ({ token, line: at }) =>
    `it is not well-formed XML: a ${token} that never ends${line(at)}. Export it again.`,
};
