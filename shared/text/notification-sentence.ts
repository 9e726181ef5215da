import type { Notification } from '#shared/contract/notification.ts';
import { texts } from './language.ts';
import { rejudgeCauseLabel } from './names.ts';
import { readableDay } from './readable-day.ts';

type Told = Pick<Notification, 'kind' | 'params'>;

/** The sentence of a notification, for the page and for mails; the record's reference is shown separately. */
export function notificationSentence({ kind, params }: Told): string {
  const said = readable(params);
  if (kind === 'record.fallen') said['cause'] = rejudgeCauseLabel(String(params['cause'] ?? ''));
  return texts().notifications[kind](said);
}

/** Converts every value to text: days in readable form, typed sentences without their final full stop. */
function readable(params: Notification['params']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      return [name, readableDay(String(value).replace(/\.$/, ''))];
    }),
  );
}
