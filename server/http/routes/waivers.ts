import type { Api } from '../app.ts';
import * as routes from '#shared/contract/routes/waivers.ts';
import { decideWaiver } from '#server/commands/waivers/decide.ts';
import { extendWaiver } from '#server/commands/waivers/extend.ts';
import { proposeWaivers } from '#server/commands/waivers/propose.ts';
import { revokeWaiver } from '#server/commands/waivers/revoke.ts';
import { waiversOfScope } from '#server/queries/waivers.ts';
import { serve, type HttpServices } from '../serve.ts';

export function mountWaivers(app: Api, services: HttpServices): void {
  serve(app, services, routes.listWaivers, ({ params, query, person }) =>
    waiversOfScope(services.db, person.id, params.scope, query),
  );
  serve(app, services, routes.proposeWaivers, ({ params, body, call }) =>
    proposeWaivers(services, call, { ...params, ...body }),
  );
  serve(app, services, routes.decideWaiver, ({ params, body, call }) =>
    decideWaiver(services, call, { ...params, ...body }),
  );
  serve(app, services, routes.extendWaiver, ({ params, body, call }) =>
    extendWaiver(services, call, { ...params, ...body }),
  );
  serve(app, services, routes.revokeWaiver, ({ params, body, call }) =>
    revokeWaiver(services, call, { ...params, ...body }),
  );
}
