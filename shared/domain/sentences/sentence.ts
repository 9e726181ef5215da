import type { Finding } from '#shared/contract/finding.ts';
import { readableDay } from './readable-day.ts';
import { en, type SentenceKey } from './en.ts';

/** Parameters that are days. What a record holds is quoted as it is, in other parameters. */
const days = ['back', 'endsOn', 'from', 'issued', 'latest', 'made', 'signed', 'since', 'today', 'until'];

/** The one place where a finding becomes words. */
export function sentence({ key, params }: Pick<Finding, 'key' | 'params'>): string {
  const dated = days.filter((name) => typeof params[name] === 'string');
  if (dated.length === 0) return en[key as SentenceKey](params);
  const readable = Object.fromEntries(dated.map((name) => [name, readableDay(String(params[name]))]));
  return en[key as SentenceKey]({ ...params, ...readable });
}
