import type { Api } from '../app.ts';
import * as routes from '#shared/contract/routes/notifications.ts';
import { chooseNotifications } from '#server/commands/notifications/choose.ts';
import { readNotifications } from '#server/commands/notifications/read.ts';
import { choicesOf } from '#server/db/notifications.ts';
import { notificationsOf } from '#server/queries/notifications.ts';
import { serve, type HttpServices } from '../serve.ts';

export function mountNotifications(app: Api, services: HttpServices): void {
  serve(app, services, routes.listNotifications, ({ query, person }) => notificationsOf(services.db, person.id, query));
  serve(app, services, routes.readNotifications, async ({ body, call, person }) => {
    const answer = await readNotifications(services, call, body);
    // Updates the unread count on the other pages of this person.
    services.tell([person.id]);
    return answer;
  });
  serve(app, services, routes.listNotificationChoices, async ({ person }) => ({
    choices: await choicesOf(services.db, person.id),
    mail: services.mailer !== null,
  }));
  serve(app, services, routes.chooseNotifications, ({ body, call }) => chooseNotifications(services, call, body));
}
