/**
 * Why a record is rejudged although nobody changed it. The queue, events and notifications store it as one code with
 * its number.
 */
export type RejudgeCause =
  | { kind: 'approval'; approval: string }
  | { kind: 'rules'; version: string }
  | { kind: 'edition'; edition: string }
  | { kind: 'date' }
  | { kind: 'timeZone' }
  | { kind: 'signatory' };

const codes = { date: 'date', 'time zone': 'timeZone', 'signatory renamed': 'signatory' } as const;

/**
 * Parses `approval e4*…`, `rules 1.4`, `edition 2`, `date`, `time zone` or `signatory renamed`. Null for any other
 * text.
 */
export function readRejudgeCause(code: string): RejudgeCause | null {
  if (Object.hasOwn(codes, code)) return { kind: codes[code as keyof typeof codes] };
  const [, kind, of] = /^(approval|rules|edition) (.+)$/.exec(code) ?? [];
  if (kind === 'approval') return { kind, approval: of! };
  if (kind === 'rules') return { kind, version: of! };
  return kind === 'edition' ? { kind, edition: of! } : null;
}
