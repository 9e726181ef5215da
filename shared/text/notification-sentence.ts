import type { Notification } from '#shared/contract/notification.ts';
import { texts } from './language.ts';
import { rejudgeCauseLabel } from './names.ts';
import { readableDay } from './readable-day.ts';

type Told = Pick<Notification, 'kind' | 'params'>;

/** What a notification says, on the page and in a mail; the record's reference stands beside it. */
export function notificationSentence({ kind, params }: Told): string {
  const said = readable(params);
  if (kind === 'record.fallen') said['cause'] = rejudgeCauseLabel(String(params['cause'] ?? ''));
  return texts().notifications[kind](said);
}

/** Every value as text: a day as people read it, and a sentence somebody wrote without its last full stop. */
function readable(params: Notification['params']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      return [name, readableDay(String(value).replace(/\.$/, ''))];
    }),
  );
}
