import type { Finding } from '#shared/contract/finding.ts';
import { texts } from './language.ts';
import { readableMoment } from './readable-day.ts';
import type { FindingKey, Params } from './texts.ts';

/** Parameters that are days. Values of a record are in other parameters and are quoted unchanged. */
const days = ['back', 'endsOn', 'from', 'issued', 'latest', 'made', 'signed', 'since', 'today', 'until'];

/** The only place that converts a finding to text. An unknown key of another version results in a general sentence. */
export function sentence({ key, params }: Pick<Finding, 'key' | 'params'>): string {
  const { findings, unknownFinding, entryNames } = texts();
  const say = Object.hasOwn(findings, key) ? findings[key as FindingKey] : unknownFinding;
  try {
    return say(withReadableDays(withName(params, entryNames)));
  } catch {
    // Parameters of another version may not fit; the page must not fail because of one sentence.
    return unknownFinding(params);
  }
}

/** Adds the entry's name to the parameters. Older findings contain its English name instead of its key. */
function withName(params: Params, names: Readonly<Record<string, string>>): Params {
  const { entry } = params;
  return typeof entry === 'string' && Object.hasOwn(names, entry) ? { ...params, name: names[entry]! } : params;
}

function withReadableDays(params: Params): Params {
  const dated = days.filter((name) => typeof params[name] === 'string');
  if (dated.length === 0) return params;
  return { ...params, ...Object.fromEntries(dated.map((name) => [name, readableMoment(String(params[name]))])) };
}
