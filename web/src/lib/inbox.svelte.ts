import { createContext } from 'svelte';
import type { Notification, NotificationKind } from '#shared/contract/notification.ts';
import { call } from './api.ts';
import { serverNow } from './server-clock.ts';

export interface InboxFilter {
  kind?: NotificationKind;
  unread?: boolean;
}

/** The notifications of a person, from all scopes; with a filter, a part of them. */
export class Inbox {
  notifications = $state.raw<readonly Notification[]>([]);
  unread = $state(0);
  /** Set where there are older ones. */
  next = $state.raw<string | null>(null);
  failed = $state(false);
  filter = $state.raw<InboxFilter>({});

  /** Loads the newest notifications. */
  async look(): Promise<void> {
    await this.#take(async () => {
      const { notifications, unread, next } = await call('get /api/notifications', { query: this.#query() });
      this.notifications = notifications;
      this.unread = unread;
      this.next = next;
    });
  }

  async older(): Promise<void> {
    const after = this.next;
    if (!after) return;
    await this.#take(async () => {
      const { notifications, next } = await call('get /api/notifications', { query: { ...this.#query(), after } });
      this.notifications = [...this.notifications, ...notifications];
      this.next = next;
    });
  }

  /** Marks notifications as read or unread; without `ids`, all of them. */
  async read(ids: readonly string[] | null = null, read = true): Promise<void> {
    await this.#take(async () => {
      const body = { notifications: ids && [...ids], read };
      this.unread = (await call('post /api/notifications/read', { body })).unread;
      const readAt = read ? serverNow().toISOString() : null;
      this.notifications = this.notifications.map((one) =>
        (one.readAt === null) === read && (!ids || ids.includes(one.id)) ? { ...one, readAt } : one,
      );
    });
  }

  #query = () => ({
    ...(this.filter.kind ? { kind: this.filter.kind } : {}),
    ...(this.filter.unread ? { unread: 'true' } : {}),
  });

  async #take(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.failed = false;
    } catch {
      this.failed = true;
    }
  }
}

const [getInbox, setInbox] = createContext<Inbox>();
export { getInbox };

export function provideInbox(inbox: Inbox): Inbox {
  return setInbox(inbox);
}
