import type { Finding } from '#shared/contract/finding.ts';
import { texts } from './language.ts';
import { readableMoment } from './readable-day.ts';
import type { FindingKey, Params } from './texts.ts';

/** Parameters that are days. What a record holds is quoted as it is, in other parameters. */
const days = ['back', 'endsOn', 'from', 'issued', 'latest', 'made', 'signed', 'since', 'today', 'until'];

/** The one place where a finding becomes words. A key of another version gets a general sentence. */
export function sentence({ key, params }: Pick<Finding, 'key' | 'params'>): string {
  const { findings, unknownFinding, entryNames } = texts();
  const say = Object.hasOwn(findings, key) ? findings[key as FindingKey] : unknownFinding;
  try {
    return say(withReadableDays(withName(params, entryNames)));
  } catch {
    // Parameters of another version: the sentence is not worth the page.
    return unknownFinding(params);
  }
}

/** An entry is in the parameters by its key; findings from before have its English name instead. */
function withName(params: Params, names: Readonly<Record<string, string>>): Params {
  const { entry } = params;
  return typeof entry === 'string' && Object.hasOwn(names, entry) ? { ...params, name: names[entry]! } : params;
}

function withReadableDays(params: Params): Params {
  const dated = days.filter((name) => typeof params[name] === 'string');
  if (dated.length === 0) return params;
  return { ...params, ...Object.fromEntries(dated.map((name) => [name, readableMoment(String(params[name]))])) };
}
