import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { dutyOrder } from './duty-order.ts';
import { en } from '#shared/text/en/index.ts';
import { defaultModel } from './operating-model.ts';
import { ownership, type Permission } from './ownership.ts';
import { rulesAsked } from './rule-settings.ts';
import { fixedRules } from './rule-set.ts';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
/** The formatter pads tables; only their content is compared. */
const bare = (text: string) => text.replaceAll(/ {2,}/g, ' ').replaceAll(/-{3,}/g, '---');
const spec = read('shared/domain/SPEC.md');
const idsIn = (text: string) => new Set(text.match(/\b[RPOMID]\d\d[a-z]?\b/g));

test('SPEC.md lists exactly the ids in the code', () => {
  const code = globSync(['shared/domain/**/*.ts', 'server/**/*.ts'], { cwd: root.pathname }).filter(
    (path) => !path.endsWith('.test.ts'),
  );
  const given = new Set(
    code.flatMap((path) => [...read(path).matchAll(/'([RPOMID]\d\d[a-z]?)'/g)].map(([, id]) => id!)),
  );
  expect([...idsIn(spec)].sort()).toEqual([...given].sort());
});

test('SPEC.md lists each gate as in the operating model', () => {
  for (const { key, gate } of defaultModel.stages) {
    expect(bare(spec)).toContain(`| ${key} | ${gate.map(({ id }) => id).join(', ')} |`);
  }
});

test('the screen shows the first words of a rule’s line in SPEC.md', () => {
  const wanted = Object.fromEntries(
    [...rulesAsked.values()].map(({ id, severity }) => {
      const [, line] = bare(spec).split(`| ${id} | ${severity} | `);
      return [id, line?.split(/;| \|/)[0]!.replaceAll('`', '')];
    }),
  );
  const path = 'shared/text/en/rule-asks.json';
  if (process.env['WRITE_SPEC']) writeFileSync(new URL(path, root), `${JSON.stringify(wanted, null, 2)}\n`);
  // oxlint-disable-next-line vitest/no-conditional-expect -- WRITE_SPEC writes the file instead of comparing it
  else expect(en.ruleAsks).toEqual(wanted);
});

test('for each rule at error level, SPEC.md names a vehicle that it would wrongly stop, or states why there is none', () => {
  const [, table] = /<!-- stops -->([^]*?)<!-- \/stops -->/.exec(spec)!;
  const rows = [...table!.matchAll(/^\| (\w+) +\| (.*?) *\|$/gm)].slice(1).map(([, id, why]) => [id!, why!] as const);
  const shutting = [...rulesAsked.values()].filter(({ severity }) => severity === 'error');
  expect(rows.map(([id]) => id).sort()).toEqual(shutting.map(({ id }) => id).sort());
  expect(rows.filter(([, why]) => why.length < 20 || why === 'none')).toEqual([]);
});

test('every fixed rule has a reason, and no other rule does', () => {
  expect(Object.keys(en.whyFixed).sort()).toEqual([...fixedRules].sort());
});

test('SPEC.md contains the ownership table of the code', () => {
  const rows = Object.entries(ownership).map(([act, row]: [string, Record<string, string>]) =>
    [en.acts[act as Permission], ...dutyOrder.map((duty) => row[duty] ?? '')].join(' | '),
  );
  const table = [
    ['act', ...dutyOrder.map((duty) => en.duties[duty])].join(' | '),
    ['---', ...dutyOrder.map(() => '---')].join(' | '),
    ...rows,
  ]
    .map((row) => `| ${row} |`)
    .join('\n');
  const wanted = spec.replace(/(<!-- ownership -->\n)[^]*?(<!-- \/ownership -->)/, `$1\n${table}\n\n$2`);
  if (process.env['WRITE_SPEC']) writeFileSync(new URL('shared/domain/SPEC.md', root), wanted);
  // oxlint-disable-next-line vitest/no-conditional-expect -- WRITE_SPEC writes the file instead of comparing it
  else expect(bare(spec)).toBe(bare(wanted));
});
