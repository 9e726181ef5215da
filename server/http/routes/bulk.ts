import type { Api } from '../app.ts';
import * as routes from '#shared/contract/routes/bulk.ts';
import { assignNextActions } from '#server/commands/records/assign-next-actions.ts';
import { moveRecords } from '#server/commands/records/move-many.ts';
import { undoOperation } from '#server/commands/undo/undo.ts';
import { serve, type HttpServices } from '../serve.ts';

export function mountBulk(app: Api, services: HttpServices): void {
  serve(app, services, routes.moveRecords, ({ params, body, call }) =>
    moveRecords(services, call, { ...params, ...body }),
  );
  serve(app, services, routes.handOverRecords, ({ params, body, call }) =>
    assignNextActions(services, call, { ...params, ...body }),
  );
  serve(app, services, routes.takeBack, ({ params, call }) => undoOperation(services, call, params));
}
