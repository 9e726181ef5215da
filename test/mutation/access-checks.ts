import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The calls that decide who may see or do something. `grant`: they answer what a person may see, and a mutant answers
 * that they may see and do everything. `skip`: they throw where something is not allowed, and a mutant does nothing.
 */
const calls = {
  accessToScope: 'grant',
  accessToRecord: 'grant',
  membershipOf: 'grant',
  actorInOrganisation: 'grant',
  allow: 'skip',
  allowOn: 'skip',
} as const;

export type CheckName = keyof typeof calls;
export interface Check {
  /** Where it is: file, line, and which of the calls. */
  id: string;
  name: CheckName;
  kind: (typeof calls)[CheckName];
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const call = new RegExp(String.raw`(?<![\w.])(?<!function )(${Object.keys(calls).join('|')})\(`, 'g');

/** Server code whose checks are mutated. The definitions themselves and the demo, which asks nobody, are left out. */
export const isMutated = (file: string): boolean =>
  file.startsWith(`${root}server/`) &&
  file.endsWith('.ts') &&
  !file.endsWith('.test.ts') &&
  !/server\/(demo\/|db\/access\.ts|commands\/errors\.ts)/.test(file);

/** Every check in a source, in order, with its place in the text. */
export function checksIn(file: string, source: string): (Check & { at: number; end: number })[] {
  const path = file.slice(root.length);
  return [...source.matchAll(call)].map(({ 0: { length }, 1: found, index }, nth) => {
    const name = found as CheckName;
    return { id: `${path} ${name} ${nth + 1}`, name, kind: calls[name], at: index, end: index + length - 1 };
  });
}

/** The source with every check behind a switch, by which one of them at a time can be deleted while the server runs. */
export function withSwitches(file: string, source: string): string {
  return checksIn(file, source).reduceRight(
    (text, { id, name, at, end }) =>
      `${text.slice(0, at)}globalThis.accessChecks.through(${JSON.stringify(id)}, ${name})${text.slice(end)}`,
    source,
  );
}

export function everyCheck(): Check[] {
  const files = readdirSync(`${root}server`, { recursive: true, encoding: 'utf8' }).map(
    (name) => `${root}server/${name}`,
  );
  return files
    .filter(isMutated)
    .sort()
    .flatMap((file) => checksIn(file, readFileSync(file, 'utf8')).map(({ id, name, kind }) => ({ id, name, kind })));
}
