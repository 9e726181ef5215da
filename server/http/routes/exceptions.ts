import type { Api } from '../app.ts';
import * as routes from '#shared/contract/routes/exceptions.ts';
import { changeException } from '#server/commands/exceptions/change.ts';
import { changeExceptions } from '#server/commands/exceptions/change-many.ts';
import { closeException } from '#server/commands/exceptions/close.ts';
import { raiseException } from '#server/commands/exceptions/raise.ts';
import { reopenException } from '#server/commands/exceptions/reopen.ts';
import { errorOf } from '#server/commands/records/for-each.ts';
import { exceptionLedger } from '#server/queries/exception-ledger.ts';
import { exceptionsOfScope } from '#server/queries/exceptions.ts';
import { problemOf } from '../problem.ts';
import { serve, type HttpServices } from '../serve.ts';

export function mountExceptions(app: Api, services: HttpServices): void {
  serve(app, services, routes.raiseException, ({ params, body, call }) =>
    raiseException(services, call, { ...params, ...body }),
  );
  serve(app, services, routes.changeException, ({ params, body, call }) =>
    changeException(services, call, { ...params, changes: body }),
  );
  serve(app, services, routes.closeException, ({ params, body, call }) =>
    closeException(services, call, { ...params, ...body }),
  );
  serve(app, services, routes.reopenException, ({ params, body, call }) =>
    reopenException(services, call, { ...params, ...body }),
  );
  serve(app, services, routes.exceptionLedger, ({ params, query, person }) =>
    exceptionLedger(services.db, person.id, params.scope, query),
  );
  serve(app, services, routes.listExceptions, ({ params, query, person }) =>
    exceptionsOfScope(services.db, person.id, params.scope, query, services.now()),
  );
  serve(app, services, routes.changeExceptions, async ({ params, body, call }) => {
    const { results } = await changeExceptions(services, call, { ...params, ...body });
    return {
      results: results.map(({ exception, refusal }) =>
        refusal === null
          ? { exception, ok: true }
          : { exception, ok: false, problem: problemOf(errorOf(refusal, 'exception')) },
      ),
    };
  });
}
