import { expect, test } from 'vitest';
import { readApprovalFile } from './approval-file.ts';
import { sentence } from '#shared/text/sentence.ts';

const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const pdf = bytes('%PDF-1.7\n');
const png = bytes('\x89PNG\r\n\x1A\n');
const jpeg = bytes('\xFF\xD8\xFF\xE0');

test.each([
  ['approval.pdf', pdf, 'application/pdf'],
  ['SCAN.PNG', png, 'image/png'],
  ['scan.jpeg', jpeg, 'image/jpeg'],
  ['scan.jpg', jpeg, 'image/jpeg'],
  ['message.xml', bytes('<?xml version="1.0"?><a/>'), 'application/xml'],
  ['message.xml', bytes('\xEF\xBB\xBF\n <a/>'), 'application/xml'],
  ['message.xml', bytes('\xFF\xFE<\0a\0/\0>\0'), 'application/xml'],
])('[M19] accepts %s', (name, content, mediaType) => {
  expect(readApprovalFile(name, content)).toEqual({ mediaType });
});

test.each([
  ['a picture called PDF', 'approval.pdf', png, 'is called PDF and is PNG'],
  ['a page called XML', 'approval.xml', pdf, 'is called XML and is PDF'],
  ['a program called PDF', 'approval.pdf', bytes('MZ\x90'), 'is called PDF and does not begin like one'],
  ['blanks called XML', 'approval.xml', bytes('   '), 'is called XML and does not begin like one'],
  ['another kind', 'approval.docx', pdf, 'no PDF, PNG, JPEG or XML by its name'],
  ['no ending', 'approval', pdf, 'no PDF, PNG, JPEG or XML by its name'],
  ['nothing', 'approval.pdf', bytes(''), 'is empty'],
])('[M19] refuses %s with a sentence', (_, name, content, said) => {
  const refused = readApprovalFile(name, content);
  expect(refused).toMatchObject({ rule: 'M19' });
  expect('rule' in refused && sentence(refused)).toContain(said);
});
