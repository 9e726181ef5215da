import { Invalid, issueAt, TooLarge } from './problem.ts';

/** Limits on depth and members. An IVI message is about twelve levels deep and has about a thousand values. */
const deepest = 64;
const mostMembers = 20_000;

const [quote, backslash, comma, openObject, closeObject, openArray, closeArray] = [...'"\\,{}[]'].map((letter) =>
  letter.charCodeAt(0),
);

/**
 * Parses JSON with limits on depth and number of members. Both are counted before parsing: a megabyte of brackets or
 * keys would otherwise block the main thread for a second. Throws Invalid and TooLarge.
 */
export function parseBounded(text: string): unknown {
  let [depth, members, quoted] = [0, 0, false];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (quoted) {
      if (code === backslash) at += 1;
      else if (code === quote) quoted = false;
    } else if (code === quote) quoted = true;
    else if (code === comma) members += 1;
    else if (code === openObject || code === openArray) depth += 1;
    else if (code === closeObject || code === closeArray) depth -= 1;
    if (depth > deepest) throw new Invalid([issueAt('body', 'json.deep')]);
    if (members > mostMembers) {
      throw new TooLarge('values', mostMembers);
    }
  }
  try {
    return JSON.parse(text || 'null');
  } catch {
    throw new Invalid([issueAt('body', 'json.malformed')]);
  }
}
