import { createContext } from 'svelte';
import type { Notification } from '#shared/contract/notification.ts';
import { call } from './api.ts';

/** What a person was told, wherever they are in the app. */
export class Inbox {
  notifications = $state.raw<readonly Notification[]>([]);
  unread = $state(0);
  /** There are older ones. */
  next = $state.raw<string | null>(null);
  failed = $state(false);

  /** Looks for what is new. */
  async look(): Promise<void> {
    await this.#take(async () => {
      const { notifications, unread, next } = await call('get /api/notifications', { query: {} });
      this.notifications = notifications;
      this.unread = unread;
      this.next = next;
    });
  }

  async older(): Promise<void> {
    const after = this.next;
    if (!after) return;
    await this.#take(async () => {
      const { notifications, next } = await call('get /api/notifications', { query: { after } });
      this.notifications = [...this.notifications, ...notifications];
      this.next = next;
    });
  }

  /** `ids` left out: all of them. */
  async read(ids: readonly string[] | null = null): Promise<void> {
    await this.#take(async () => {
      const body = { notifications: ids && [...ids] };
      this.unread = (await call('post /api/notifications/read', { body })).unread;
      const readAt = new Date().toISOString();
      this.notifications = this.notifications.map((one) =>
        one.readAt === null && (!ids || ids.includes(one.id)) ? { ...one, readAt } : one,
      );
    });
  }

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
