import type { NotificationChoice } from '#shared/contract/notification.ts';
import { choicesOf } from '#server/db/notifications.ts';
import { notificationChoices } from '#server/db/schema.ts';
import { command } from '../command.ts';

/** Sets how a person is notified of one kind of event from now on. Records no event: the choice is personal. */
export const chooseNotifications = command(
  'choose-notifications',
  async (ctx, { kind, inbox, email }: NotificationChoice): Promise<{ choices: NotificationChoice[] }> => {
    const person = ctx.actor!.id;
    await ctx.tx
      .insert(notificationChoices)
      .values({ personId: person, kind, inbox, email })
      .onConflictDoUpdate({
        target: [notificationChoices.personId, notificationChoices.kind],
        set: { inbox, email },
      });
    return { choices: await choicesOf(ctx.tx, person) };
  },
);
