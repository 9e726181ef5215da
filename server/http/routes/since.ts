import type { Api } from '../app.ts';
import * as routes from '#shared/contract/routes/since.ts';
import { noteVisit } from '#server/commands/scopes/note-visit.ts';
import { pastBoard, pastColumn } from '#server/queries/past-board.ts';
import { changesSince } from '#server/queries/since.ts';
import { serve, type HttpServices } from '../serve.ts';

export function mountSince(app: Api, services: HttpServices): void {
  const { db } = services;
  serve(app, services, routes.changesSince, ({ params, query, person }) =>
    changesSince(db, person.id, params.scope, query.from),
  );
  serve(app, services, routes.boardAt, ({ params, query, person }) => pastBoard(db, person.id, params.scope, query));
  serve(app, services, routes.columnAt, ({ params, query, person }) =>
    pastColumn(db, person.id, params.scope, params.stage, query),
  );
  serve(app, services, routes.noteVisit, ({ params, body, call }) => noteVisit(services, call, { ...params, ...body }));
}
