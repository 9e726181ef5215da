import type { Api } from '../app.ts';
import * as routes from '#shared/contract/routes/bulk.ts';
import { handOverRecords } from '#server/commands/hand-over-records.ts';
import { moveRecords } from '#server/commands/move-records.ts';
import { takeBack } from '#server/commands/take-back.ts';
import { serve, type HttpServices } from '../serve.ts';

export function mountBulk(app: Api, services: HttpServices): void {
  serve(app, services, routes.moveRecords, ({ params, body, call }) =>
    moveRecords(services, call, { ...params, ...body }),
  );
  serve(app, services, routes.handOverRecords, ({ params, body, call }) =>
    handOverRecords(services, call, { ...params, ...body }),
  );
  serve(app, services, routes.takeBack, ({ params, call }) => takeBack(services, call, params));
}
