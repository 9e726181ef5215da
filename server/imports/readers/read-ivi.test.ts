import { describe, expect, test } from 'vitest';
import { unreadableLabel } from '#test/support/unreadable.ts';
import { iviNamespace, iviRoot } from '#shared/domain/catalogue/ivi-schema.ts';
import { sentence } from '#shared/text/sentence.ts';
import { readIvi } from './read-ivi.ts';

const message = (inside: string) =>
  `<${iviRoot} xmlns="${iviNamespace}">\n<CocDataGroup>\n${inside}\n</CocDataGroup>\n</${iviRoot}>`;
const read = (text: string | Uint8Array) => readIvi(typeof text === 'string' ? Buffer.from(text) : text);
const typeOf = (text: string | Uint8Array) => (read(text).data['CocDataGroup'] as { Type: string }).Type;
const refusalOf = (text: string | Uint8Array): string => {
  try {
    read(text);
  } catch (error) {
    return unreadableLabel(error);
  }
  throw new Error('It was read.');
};

describe('texts keep the content of the message', () => {
  test.each([
    ['with blanks around it', '<Type> T 1  </Type>', ' T 1  '],
    ['of blanks alone', '<Type>   </Type>', '   '],
    ['with references', '<Type>A&amp;B&#252;&#x20AC;</Type>', 'A&Bü€'],
    ['in CDATA', '<Type><![CDATA[a<b & c]]></Type>', 'a<b & c'],
    ['around a comment', '<Type>a<!-- & <no> -->b</Type>', 'ab'],
    ['that is empty', '<Type/>', ''],
  ])('%s', (_, inside, text) => expect(typeOf(message(inside))).toBe(text));

  test('with a namespace prefix, in UTF-16, and in the declared encoding', () => {
    const prefixed = `<i:${iviRoot} xmlns:i="${iviNamespace}"><i:CocDataGroup><i:Type>ü</i:Type></i:CocDataGroup></i:${iviRoot}>`;
    expect(typeOf(prefixed)).toBe('ü');
    expect(typeOf(Buffer.from(`\uFEFF<?xml version="1.0" encoding="UTF-16"?>${prefixed}`, 'utf16le'))).toBe('ü');
    expect(typeOf(Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?>${prefixed}`, 'latin1'))).toBe('ü');
  });
});

describe('a message that declares UTF-16 but is stored as UTF-8', () => {
  const text = `<?xml version="1.0" encoding="utf-16"?>\n${message('<Type>Tü</Type>')}`;

  test.each([
    ['without a byte order mark', text],
    ['with one', `\uFEFF${text}`],
  ])('is read with a notice: %s (fault F14)', (_, content) => {
    expect(typeOf(content)).toBe('Tü');
    expect(read(content).findings).toMatchObject([{ rule: 'I11', severity: 'info' }]);
    expect(sentence(read(content).findings[0]!)).toContain('utf-16, but it is stored as UTF-8');
  });

  test('is refused with a sentence if it is neither (fault F14)', () => {
    expect(refusalOf(Buffer.from(text, 'latin1'))).toContain('not UTF-8 from line 4 on');
    expect(refusalOf(Buffer.from(text, 'utf16le'))).toContain('byte order mark that says so is missing');
  });
});

describe('reports content unknown to the schema, with its location', () => {
  test.each([
    ['an element', '<Colour>red</Colour>', 'CocDataGroup/Colour', 'red', 'warning'],
    ['an element of another namespace', '<Type xmlns="urn:other">T</Type>', 'CocDataGroup/Type', 'T', 'warning'],
    ['an element inside a text', '<Type>T<b>1</b></Type>', 'CocDataGroup/Type/b', '1', 'error'],
    ['an attribute', '<Type unit="mm">T</Type>', 'CocDataGroup/Type/@unit', 'mm', 'warning'],
    ['a text between elements', '<Type>T</Type>1', 'CocDataGroup/text()', '1', 'warning'],
    ['a CDATA section between elements', '<![CDATA[1]]>', 'CocDataGroup/text()', '1', 'warning'],
  ])('%s (fault F15)', (_, inside, path, value, severity) => {
    const { findings } = read(message(inside));
    expect(findings).toMatchObject([{ rule: 'I02', severity, params: { path, value } }]);
    expect(sentence(findings[0]!)).toContain(path);
  });

  test('once per repeated element, and with a limit for a file of unknown elements only', () => {
    const [finding, ...others] = read(message('<A>1</A>'.repeat(300))).findings;
    expect(others).toEqual([]);
    expect(sentence(finding!)).toContain('"1", the first of 300');
    const { findings } = read(message(Array.from({ length: 300 }, (_, n) => `<A${n}/>`).join('')));
    expect(findings).toHaveLength(51);
    expect(sentence(findings.at(-1)!)).toContain('250 more');
  });

  test('ignores attributes of the schema language', () => {
    const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
    expect(read(message(`<Type ${xsi} xsi:type="Text">T</Type>`)).findings).toEqual([]);
  });
});

test('keeps the first of two equal elements and reports it', () => {
  const { data, findings } = read(message('<Type>A</Type><Type>B</Type>'));
  expect(data).toEqual({ CocDataGroup: { Type: 'A' } });
  expect(findings).toMatchObject([{ rule: 'I06', params: { path: 'CocDataGroup/Type' } }]);
});

test('reports a value longer than any column holds', () => {
  expect(read(message(`<Type>${'x'.repeat(10_001)}</Type>`)).findings).toMatchObject([
    { rule: 'I08', params: { path: 'CocDataGroup/Type', length: 10_001 } },
  ]);
});

describe('refuses with a sentence', () => {
  test.each([
    ['a document type', `<!DOCTYPE a>${message('')}`, 'document type'],
    ['a tag that closes another', message('<Type>x</Typ>'), 'line 3'],
    ['an ampersand alone', message('<Type>a & b</Type>'), 'in line 3'],
    ['a name for a character', message('<Type>&uuml;</Type>'), 'in line 3'],
    ['a reference to no character', message('<Type>&#0;</Type>'), 'in line 3'],
    ['half a character', message('<Type>&#xD800;</Type>'), 'in line 3'],
    ['a reference past all characters', message('<Type>&#x11FFFFFF;</Type>'), 'in line 3'],
    ['a control character', message('<Type>\u0001</Type>'), 'in line 3'],
    ['a comment without end', message('<!-- '), 'never ends'],
    ['elements without end', message('<a>'.repeat(300_000)), 'more than 100 deep'],
    ['elements without number', message('<a/>'.repeat(300_000)), 'more than 20000 elements'],
    ['something after its end', `${message('')}more`, 'not well-formed'],
    ['another root', '<Invoice/>', 'its root is Invoice'],
    ['no namespace', `<${iviRoot}/>`, 'its namespace is empty'],
    ['an older version', `<${iviRoot} xmlns="${iviNamespace.replace('v2', 'v1')}"/>`, 'version 2.0'],
  ])('a file with %s', (_, text, words) => expect(refusalOf(text)).toContain(words));

  test('a file whose encoding differs from the expected one', () => {
    expect(refusalOf(Buffer.from(message('<Type>ü</Type>'), 'latin1'))).toContain('not UTF-8 from line 3 on');
  });
});
