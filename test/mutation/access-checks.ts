import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The calls that decide who may see or do something. `grant`: they return what a person may see; a mutant grants
 * everything. `skip`: they throw or return denials; a mutant returns none.
 */
const calls = {
  accessToScope: 'grant',
  accessToRecord: 'grant',
  membershipOf: 'grant',
  actorInOrganisation: 'grant',
  scopesPermitting: 'grant',
  actorsOn: 'grant',
  judgeChanges: 'skip',
  allow: 'skip',
  assertPermission: 'skip',
} as const;

export type CheckName = keyof typeof calls;
export interface Check {
  /** Its location: file, which of the calls or conditions, and its number in the file. */
  id: string;
  /** `scoping`: a query condition that restricts it to one person's data. A mutant omits it. */
  kind: (typeof calls)[CheckName] | 'scoping';
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const call = new RegExp(String.raw`(?<![\w.])(?<!function )(${Object.keys(calls).join('|')})\(`, 'g');
const whose = String.raw`(?:person|personId|person\.id|act\.actor!\.id|sql\.placeholder\('person'\))`;
const scoping = new RegExp(String.raw`(?<![\w.])(?:eq\(\w+\.personId, ${whose}\)|stillTheirs(?=[,)]))`, 'g');

/** Server code with checks. The demo has none. */
export const isMutated = (file: string): boolean =>
  file.startsWith(`${root}server/`) &&
  file.endsWith('.ts') &&
  !file.endsWith('.test.ts') &&
  !/server\/demo\//.test(file);

/** Files that define the calls do not use them; files whose queries are restricted to one person's data. */
const definesCalls = /server\/(db\/access\.ts|commands\/errors\.ts)/;
const scopes =
  /server\/(queries\/|db\/(access|operations|notifications)\.ts|commands\/(command|note-visit|read-notifications)\.ts)/;

type Place = Check & { name: string; at: number; end: number };

/** Every check in a source, in order, with its position in the text. */
export function checksIn(file: string, source: string): Place[] {
  const path = file.slice(root.length);
  const found = definesCalls.test(path) ? [] : [...source.matchAll(call)];
  const called = found.map(({ 0: { length }, 1: name, index }, nth): Place => {
    const end = index + length - 1;
    return { id: `${path} ${name} ${nth + 1}`, name: name!, kind: calls[name as CheckName], at: index, end };
  });
  const scoped = scopes.test(path) ? [...source.matchAll(scoping)] : [];
  const kept = scoped.map(({ 0: text, index }, nth): Place => {
    return { id: `${path} scoping ${nth + 1}`, name: text, kind: 'scoping', at: index, end: index + text.length };
  });
  return [...called, ...kept].sort((one, other) => one.at - other.at);
}

/** The source with every check behind a switch, so that one check at a time can be disabled while the server runs. */
export function withSwitches(file: string, source: string): string {
  return checksIn(file, source).reduceRight((text, { id, name, kind, at, end }) => {
    const through = kind === 'scoping' ? 'unless' : 'through';
    return `${text.slice(0, at)}globalThis.accessChecks.${through}(${JSON.stringify(id)}, ${name})${text.slice(end)}`;
  }, source);
}

export function everyCheck(): Check[] {
  const files = readdirSync(`${root}server`, { recursive: true, encoding: 'utf8' }).map(
    (name) => `${root}server/${name}`,
  );
  return files
    .filter(isMutated)
    .sort()
    .flatMap((file) => checksIn(file, readFileSync(file, 'utf8')).map(({ id, kind }) => ({ id, kind })));
}
