import { Unreadable } from './unreadable.ts';

/** Elements inside each other. A message nests some twelve deep. */
const deepest = 100;
/** Official examples have some 300 elements. */
const most = 20_000;

const sections: Record<string, string> = { '<!--': '-->', '<![CDATA[': ']]>', '<?': '?>' };
const noCharacter = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/**
 * Refuses what the parser would let pass, or would read as something else: entities, nesting without end, characters and
 * references that no XML allows. Reads the text once. Throws Unreadable with the line.
 */
export function guardXml(text: string): void {
  if (/<!(DOCTYPE|ENTITY)/i.test(text))
    throw new Unreadable('it declares a document type or entities, which a message never does. Export it without.');
  const stray = text.search(noCharacter);
  if (stray >= 0) throw notWellFormed(text, stray, 'a character that XML does not allow');
  const mark = /<!--|<!\[CDATA\[|<\?|<\/|\/>|<(?!!)|&(?:#x([\da-fA-F]+);|#(\d+);|(?:amp|lt|gt|quot|apos);)?/g;
  let [depth, elements] = [0, 0];
  for (let found; (found = mark.exec(text));) {
    const [token, hex, decimal] = found;
    const end = sections[token];
    if (end) {
      const at = text.indexOf(end, mark.lastIndex);
      if (at < 0) throw notWellFormed(text, found.index, `a ${token} that never ends`);
      mark.lastIndex = at + end.length;
    } else if (token === '&') throw notWellFormed(text, found.index, 'a & that begins no reference');
    else if (token.startsWith('&')) {
      const code = hex ? Number.parseInt(hex, 16) : Number(decimal ?? 32);
      if (code > 0x10ffff || noCharacter.test(String.fromCodePoint(code)))
        throw notWellFormed(text, found.index, 'a reference to a character that XML does not allow');
    } else if (token !== '<') depth -= 1;
    else if ((depth += 1) > deepest || (elements += 1) > most) {
      const much =
        depth > deepest ? `elements more than ${deepest} deep inside each other` : `more than ${most} elements`;
      throw new Unreadable(`it has ${much} (line ${lineOf(text, found.index)}). Check what this file is.`);
    }
  }
}

const notWellFormed = (text: string, at: number, what: string) =>
  new Unreadable(`it is not well-formed XML: ${what}, in line ${lineOf(text, at)}. Export it again.`);

const lineOf = (text: string, at: number) => text.slice(0, at).split('\n').length;
