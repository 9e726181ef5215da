/** A character that is not what it looks like, as quoted in findings. `at` counts from 1. */
export type OddCharacter = { at: number; sign: string; code: string; kind: OddKind; like: string };
export type OddKind = 'cyrillic' | 'greek' | 'letter' | 'wide' | 'digit' | 'dash' | 'blank' | 'invisible' | 'other';

const looks: Readonly<Record<string, string>> = Object.fromEntries(
  (
    [
      ['АВЕЅЗІЈКМНОРСТУХаеіјорсѕух', 'ABES3IJKMHOPCTYXaeijopcsyx'],
      ['ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοναι', 'ABEZHIKMNOPTYXovai'],
    ] as const
  ).flatMap(([odd, plain]) => [...odd].map((sign, index) => [sign, plain[index]!])),
);

const kinds: readonly [OddKind, RegExp][] = [
  ['cyrillic', /\p{Script=Cyrillic}/u],
  ['greek', /\p{Script=Greek}/u],
  ['invisible', /[\p{Cf}\p{Cc}\u034F\u115F\u1160\u3164]/u],
  ['blank', /(?! )\p{Z}/u],
  ['dash', /(?!-)[\p{Pd}\u2212]/u],
  ['digit', /(?![0-9])\p{Nd}/u],
  ['letter', /\p{L}(?<!\p{Script=Latin})/u],
];

/** Letters, digits, dashes and spaces that look like those of the Latin alphabet, and invisible characters. */
const lookAlike = new RegExp(
  `[\\uFF01-\\uFF5E]|[\\u{1D400}-\\u{1D7FF}]|${kinds.map(([, pattern]) => pattern.source).join('|')}`,
  'u',
);

/** The characters of a text that match `odd`; by default the look-alike and invisible ones. */
export function oddCharacters(text: string, odd: RegExp = lookAlike): OddCharacter[] {
  return [...text].flatMap((sign, index) => (odd.test(sign) ? [describe(sign, index + 1)] : []));
}

function describe(sign: string, at: number): OddCharacter {
  const code = `U+${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
  const plain = sign.normalize('NFKC');
  const wide = plain !== sign && /^[!-~]$/.test(plain);
  const kind = wide ? 'wide' : (kinds.find(([, pattern]) => pattern.test(sign))?.[0] ?? 'other');
  const like = wide ? plain : kind === 'dash' ? '-' : (looks[sign] ?? '');
  return { at, sign: kind === 'invisible' || kind === 'blank' ? '' : sign, code, kind, like };
}
