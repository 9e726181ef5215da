import type { Api } from '../app.ts';
import * as routes from '#shared/contract/routes/notifications.ts';
import { readNotifications } from '#server/commands/read-notifications.ts';
import { notificationsOf } from '#server/queries/notifications.ts';
import { serve, type HttpServices } from '../serve.ts';

export function mountNotifications(app: Api, services: HttpServices): void {
  serve(app, services, routes.listNotifications, ({ query, person }) =>
    notificationsOf(services.db, person.id, query.after),
  );
  serve(app, services, routes.readNotifications, ({ body, call }) => readNotifications(services, call, body));
}
