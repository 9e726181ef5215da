import type { Notification } from '#shared/contract/notification.ts';
import { texts } from './language.ts';
import { readableDay } from './readable-day.ts';

type Told = Pick<Notification, 'kind' | 'params'>;

/** What a notification says, on the page and in a mail; the record's reference stands beside it. */
export const notificationSentence = ({ kind, params }: Told): string => texts().notifications[kind](readable(params));

/** Every value as text: a day as people read it, and a sentence somebody wrote without its last full stop. */
function readable(params: Notification['params']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      return [name, readableDay(String(value).replace(/\.$/, ''))];
    }),
  );
}
