import type { Notification } from '#shared/contract/notification.ts';

/** Groups consecutive notifications of the same kind, moment and scope; keeps the order. */
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
