import type { Finding } from '#shared/contract/finding.ts';
import { en, type SentenceKey } from './en.ts';

/** The one place where a finding becomes words. */
export function sentence({ key, params }: Pick<Finding, 'key' | 'params'>): string {
  return en[key as SentenceKey](params);
}
