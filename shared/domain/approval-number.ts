/** A parsed approval number: `e4*2018/858*00411*02` is extension 02 of the approval `e4*2018/858*00411`. */
export interface ApprovalNumber {
  /** Normal form with extension. */
  number: string;
  base: string;
  extension: string;
  /** `e4`, `g11`, `n11`. */
  country: string;
  /** `2018/858`, without the small-series prefix. */
  act: string;
  smallSeries: boolean;
}

/** Why a text is not an approval number; the sentence `approval.form` covers each case. */
export type NumberProblem =
  'empty' | 'capital' | 'country' | 'act' | 'base' | 'extension' | 'separator' | 'national' | 'parts';

const country = /^[egn]\d{1,2}$/;
const act = /^(KS|NKS)?(\d{2,4}\/\d{2,4})?$/;

/**
 * Parses a number in the notations that registers accept: the extension may be missing (it is then 00), and a star may
 * follow the last part. The prefix KS before the act means EU small series, NKS national small series. Surrounding
 * whitespace is ignored. For any other text it returns the problem and does not guess.
 */
export function readApprovalNumber(
  text: string,
  { national = false }: { national?: boolean } = {},
): ApprovalNumber | NumberProblem {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed === '-') return 'empty';
  if (/^[EGN]/.test(trimmed)) return 'capital';
  const parts = trimmed.split('*');
  if (parts.length === 4 && parts[3] === '') parts.pop();
  const [land = '', law = '', base = '', extension = '00', ...rest] = parts;
  if (!country.test(land)) return 'country';
  if (/^\d{2,4}\/\d{2,4}\/\d/.test(law)) return 'separator';
  const read = act.exec(law);
  if (!read || law === '') return 'act';
  const [, series = '', named = ''] = read;
  if (series === 'NKS' && !national) return 'national';
  if (named === '' && series !== 'NKS') return 'act';
  if (/^\d{4,5}[-/.]\d/.test(base)) return 'separator';
  if (!/^\d{4,5}$/.test(base)) return 'base';
  if (rest.length > 0) return 'parts';
  if (!/^\d{2}$/.test(extension)) return 'extension';
  const stem = `${land}*${law}*${base}`;
  return {
    number: `${stem}*${extension}`,
    base: stem,
    extension,
    country: land,
    act: named,
    smallSeries: series !== '',
  };
}

/** The number with a lower-case first letter, as in every register. */
export function withLowercaseLetter(text: string): string {
  return text.replace(/^\s*[EGN](?=\d)/, (letter) => letter.toLowerCase());
}
