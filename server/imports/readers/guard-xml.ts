import { Unreadable } from './unreadable.ts';

/** Maximum nesting of elements. A message nests about twelve levels. */
const deepest = 100;
/** Maximum number of elements. Official examples have about 300. */
const most = 20_000;

const sections: Record<string, string> = { '<!--': '-->', '<![CDATA[': ']]>', '<?': '?>' };
const noCharacter = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/**
 * Refuses what the parser would accept or misread: entities, unbounded nesting, and characters and references that XML
 * does not allow. Reads the text once. Throws Unreadable with the line.
 */
export function guardXml(text: string): void {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw new Unreadable('xml.doctype');
  const stray = text.search(noCharacter);
  if (stray >= 0) throw new Unreadable('xml.character', { line: lineOf(text, stray) });
  const mark = /<!--|<!\[CDATA\[|<\?|<\/|\/>|<(?!!)|&(?:#x([\da-fA-F]+);|#(\d+);|(?:amp|lt|gt|quot|apos);)?/g;
  let [depth, elements] = [0, 0];
  for (let match; (match = mark.exec(text));) {
    const [token, hex, decimal] = match;
    const end = sections[token];
    if (end) {
      const at = text.indexOf(end, mark.lastIndex);
      if (at < 0) throw new Unreadable('xml.unclosed', { token, line: lineOf(text, match.index) });
      mark.lastIndex = at + end.length;
    } else if (token === '&') throw new Unreadable('xml.noReference', { line: lineOf(text, match.index) });
    else if (token.startsWith('&')) {
      const code = hex ? Number.parseInt(hex, 16) : Number(decimal ?? 32);
      if (code > 0x10ffff || noCharacter.test(String.fromCodePoint(code)))
        throw new Unreadable('xml.reference', { line: lineOf(text, match.index) });
    } else if (token !== '<') depth -= 1;
    else if ((depth += 1) > deepest || (elements += 1) > most) {
      const line = lineOf(text, match.index);
      throw depth > deepest
        ? new Unreadable('xml.deep', { most: deepest, line })
        : new Unreadable('xml.manyElements', { most, line });
    }
  }
}

const lineOf = (text: string, at: number) => text.slice(0, at).split('\n').length;
