import type { Api } from '../app.ts';
import * as routes from '#shared/contract/routes/scopes.ts';
import { createScope } from '#server/commands/scopes/create.ts';
import { activity, eventsAfter } from '#server/queries/activity.ts';
import { board, column } from '#server/queries/board.ts';
import { referencedRecords } from '#server/queries/references.ts';
import { handing } from '#server/queries/workloads.ts';
import { scopeList, scopeView } from '#server/queries/scopes.ts';
import { foundRecords } from '#server/queries/search.ts';
import { serve, type HttpServices } from '../serve.ts';

export function mountScopes(app: Api, services: HttpServices): void {
  const { db } = services;
  serve(app, services, routes.listScopes, ({ person }) => scopeList(db, person.id));
  serve(app, services, routes.createScope, ({ params, body, call }) =>
    createScope(services, call, { ...params, ...body }),
  );
  serve(app, services, routes.getScope, ({ params, person }) => scopeView(db, person.id, params.scope, services.now()));
  serve(app, services, routes.getHanding, ({ params, person }) => handing(db, person.id, params.scope, services.now()));
  serve(app, services, routes.getBoard, ({ params, query, person }) => board(db, person.id, params.scope, query));
  serve(app, services, routes.getColumn, ({ params, query, person }) =>
    column(db, person.id, params.scope, params.stage, query, query.after),
  );
  serve(app, services, routes.catchUp, ({ params, query, person }) =>
    eventsAfter(db, person.id, params.scope, query.after),
  );
  serve(app, services, routes.findReferences, ({ params, query, person }) =>
    referencedRecords(db, person.id, params.scope, query.names.split(',')),
  );
  serve(app, services, routes.searchScope, ({ params, query, person }) =>
    foundRecords(db, person.id, params.scope, query.text),
  );
  serve(app, services, routes.listActivity, ({ params, query, person }) =>
    activity(db, person.id, params.scope, query),
  );
}
