import type { Finding } from '#shared/contract/finding.ts';
import type { DataTree, RecordDetail } from '#shared/contract/record.ts';
import { dataRules } from '#shared/domain/data-rules.ts';
import { factsOfNewRecord } from '#shared/domain/facts.ts';
import { findingsOf } from '#shared/domain/judge.ts';
import { rowsAlong } from './certificate.ts';

/**
 * The findings on the data as typed, by catalogue key: computed with the server's own rules; findings that only the
 * server can compute (another record has this VIN) come from its last answer.
 */
export function dataFindings(
  typed: DataTree,
  { verdicts, settings }: RecordDetail,
  today: string,
): Map<string, Finding[]> {
  const facts = factsOfNewRecord({ today, data: typed, settings });
  const judged = dataRules.map(({ id }) => id);
  const onServer = verdicts.flatMap(({ findings }) => findings).filter(({ rule }) => !judged.includes(rule));
  const byEntry = new Map<string, Finding[]>();
  for (const finding of [...dataRules.flatMap((rule) => findingsOf(rule, facts)), ...onServer]) {
    if (finding.entry === null) continue;
    const entryFindings = byEntry.get(finding.entry);
    if (!entryFindings) byEntry.set(finding.entry, [finding]);
    else if (entryFindings.length < mostOfEntry) entryFindings.push(finding);
  }
  return byEntry;
}

/** Maximum number of findings per entry; a very long table would repeat the same finding for each of its rows. */
const mostOfEntry = 200;

/**
 * For an entry that may occur in several rows, the findings about the field at this path: those that quote its value,
 * those that name its row, and on the first field those that name neither. Findings on the entry as a whole do not
 * appear on its further elements (`also`). One finding per rule.
 */
export function findingsOnField(
  findings: readonly Finding[],
  { path, value, first, also = false }: { path: string; value: string; first: boolean; also?: boolean },
): Finding[] {
  const about = findings.filter(({ params }) => {
    if (params['value'] !== undefined) return quotes(String(params['value']), value);
    if (also) return false;
    return params['at'] === undefined ? first : isRowOf(path, String(params['at']));
  });
  return [...new Map(about.map((finding) => [finding.rule, finding])).values()];
}

function quotes(quoted: string, value: string): boolean {
  return quoted === value || (quoted.endsWith('…') && value.startsWith(quoted.slice(0, -1)));
}

/** Whether `at` names the row of a path. Where the inner table has no rows, the first offered row lacks the value. */
function isRowOf(path: string, at: string): boolean {
  const { groups, numbers } = rowsAlong(path);
  const rows = groups.map((group, index) => `${group}/${numbers[index]}`);
  const named = at.split('/').length / 2;
  return rows.slice(0, named).join('/') === at && numbers.slice(named).every((number) => number === 1);
}
