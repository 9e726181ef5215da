import type { Coverage } from '#shared/contract/approval.ts';
import { m } from '#lib/paraglide/messages.js';

const most = 2000;

/**
 * Parses text that was typed or copied from a table: one line per type, variant and version, separated by tabs,
 * semicolons or commas. A missing part or a star means any value. Duplicate lines count once; a heading is ignored.
 */
export function readCoverage(text: string): { covers: Coverage[] } | { wrong: string } {
  const covers = new Map<string, Coverage>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || (covers.size === 0 && /^\s*types?\s*[\t;,]\s*variants?\b/i.test(line))) continue;
    const parts = line.split(/[\t;,]/).map((part) => part.trim());
    while (parts.length > 3 && parts.at(-1) === '') parts.pop();
    const [type = '', variant = null, version = null] = parts.map((part, at) =>
      at > 0 && (part === '' || part === '*') ? null : part,
    );
    if (parts.length > 3) return { wrong: m.approvals_coverage_wrong_parts({ line: index + 1 }) };
    if (!type || type.length > 15) return { wrong: m.approvals_coverage_wrong_type({ line: index + 1 }) };
    if ((variant?.length ?? 0) > 25 || (version?.length ?? 0) > 35)
      return { wrong: m.approvals_coverage_wrong_long({ line: index + 1 }) };
    covers.set(JSON.stringify([type, variant, version]), { type, variant, version });
  }
  return covers.size > most ? { wrong: m.approvals_coverage_wrong_many() } : { covers: [...covers.values()] };
}

/** The coverage as editable text; the inverse of `readCoverage`. */
export const coverageText = (covers: readonly Coverage[]): string =>
  covers.map(({ type, variant, version }) => [type, variant ?? '', version ?? ''].join('\t').trimEnd()).join('\n');
