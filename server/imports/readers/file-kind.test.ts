import { expect, test } from 'vitest';
import { unreadableLabel } from '#test/support/unreadable.ts';
import { readRows } from './read-rows.ts';

async function refusalOf(content: string | Buffer): Promise<string> {
  try {
    for await (const _ of readRows(Buffer.from(content as string, 'latin1'), []));
  } catch (error) {
    return unreadableLabel(error);
  }
  throw new Error('It was read.');
}

test.each([
  ['an Excel workbook', 'PK\x03\x04\0[Content_Types].xml\0xl/workbook.xml', 'Excel workbook'],
  ['an OpenDocument spreadsheet', 'PK\x03\x04\0mimetypeapplication/vnd.oasis.opendocument.spreadsheet', 'OpenDocument'],
  ['an archive', 'PK\x03\x04\0message.xml', 'ZIP archive'],
  ['a workbook of an older Excel', '\xD0\xCF\x11\xE0\0\0', 'older Office'],
  ['a PDF', '%PDF-1.7\n', 'PDF document'],
  ['JSON', '[{"vin": "YV9"}]', 'JSON'],
  ['JSON over several lines', '\xEF\xBB\xBF{\n  "vin": "YV9"\n}', 'JSON'],
  ['a picture', '\x89PNG\r\n', 'picture'],
])('a file that is %s is recognised, and the message says what to do (fault F5)', async (_, content, words) => {
  const refusal = await refusalOf(content);
  expect(refusal).toContain(words);
  expect(refusal).toMatch(/\. [A-Z].*\.$/);
});

test('a table whose header begins with a bracket is read as a table', async () => {
  expect(await refusalOf('[vin],{type}\nYV9,T\n')).toContain('no column mapping fits');
});
