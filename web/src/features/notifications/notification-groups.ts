import type { Notification } from '#shared/contract/notification.ts';

/** What was told at one moment for one cause, together; in the order it came in. */
export function notificationGroups(notifications: readonly Notification[]): Notification[][] {
  const groups: Notification[][] = [];
  for (const one of notifications) {
    const [before] = groups.at(-1) ?? [];
    if (before && before.kind === one.kind && before.at === one.at && before.scope === one.scope) {
      groups.at(-1)!.push(one);
    } else groups.push([one]);
  }
  return groups;
}
