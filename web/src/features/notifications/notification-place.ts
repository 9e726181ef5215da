import type { Notification } from '#shared/contract/notification.ts';
import { resolve } from '$app/paths';

/** The place on the record's page that a notification links to. */
export function placeOf({ kind, scope, record, params }: Notification): string {
  const page = resolve('/scopes/[scope]/(board)/records/[record]', { scope, record: record.id });
  if (kind.startsWith('waiver.')) return `${page}#waivers`;
  if (kind === 'comment.mentioned') return `${page}#thread-${params['thread']}`;
  return kind === 'exception.raised' ? `${page}#exceptions` : page;
}
