import type { Finding, Severity } from '#shared/contract/finding.ts';
import type { StageKey } from '#shared/contract/stage.ts';

/** The place on the record page where a finding can be resolved. */
export type AskPlace =
  | { kind: 'entry'; key: string }
  | { kind: 'duties' }
  | { kind: 'checklist'; stage: StageKey }
  | { kind: 'exceptions' }
  | { kind: 'waivers' }
  | { kind: 'review' };

/** One line of a gate's requirements: a finding, or several missing entries of one section. */
export interface Ask {
  severity: Severity;
  /** The last day of the waiver that covers it; null: it is not waived. */
  waivedUntil: string | null;
  findings: Finding[];
  place: AskPlace | null;
  /** The section, where one line stands for many of its findings. */
  section: string | null;
}

/** Minimum number of missing entries of a section that become one line. */
const many = 3;

/**
 * Converts a verdict's findings into lines to work through: blocking ones first, then waived ones; many missing entries
 * of a section become one line.
 */
export function asksOf(findings: readonly Finding[], sectionOf: (entry: string) => string | null): Ask[] {
  const groups = new Map<string, Ask>();
  for (const [index, finding] of findings.entries()) {
    const section = finding.key === 'entry.present' && finding.entry ? sectionOf(finding.entry) : null;
    const key = section === null ? `${index}` : `section ${section}`;
    const ask = groups.get(key) ?? {
      severity: finding.severity,
      waivedUntil: finding.waived?.until ?? null,
      findings: [],
      place: placeOf(finding),
      section,
    };
    ask.findings.push(finding);
    groups.set(key, ask);
  }
  const asks = [...groups.values()].flatMap((ask) =>
    ask.section === null || ask.findings.length >= many
      ? ask
      : ask.findings.map((finding) => ({ ...ask, findings: [finding], place: placeOf(finding), section: null })),
  );
  return asks.toSorted((one, other) => weightOf(one) - weightOf(other));
}

function weightOf({ severity, waivedUntil }: Ask): number {
  return waivedUntil === null ? ['error', 'waived', 'warning', 'info'].indexOf(severity) : 1;
}

function placeOf({ entry, key, params }: Finding): AskPlace | null {
  if (entry !== null) return { kind: 'entry', key: entry };
  if (key.startsWith('duty.')) return { kind: 'duties' };
  if (key.startsWith('checklist.')) return { kind: 'checklist', stage: params['stage'] as StageKey };
  if (key.startsWith('exception.')) return { kind: 'exceptions' };
  if (key.startsWith('review.')) return { kind: 'review' };
  return null;
}
