import type { Api } from '../app.ts';
import * as routes from '#shared/contract/routes/approvals.ts';
import { approvalFileLimit } from '#shared/domain/approval-file.ts';
import { permissionDenial } from '#shared/domain/ownership.ts';
import { addApprovalFile } from '#server/commands/approvals/add-file.ts';
import { changeApproval } from '#server/commands/approvals/change.ts';
import { assertAllowed } from '#server/commands/errors.ts';
import { registerApproval } from '#server/commands/approvals/register.ts';
import { withdrawApproval } from '#server/commands/approvals/withdraw.ts';
import { actorInOrganisation } from '#server/db/access.ts';
import { approvalFileContent, approvalView, register, visibleApproval } from '#server/queries/approvals.ts';
import { coveredRecords } from '#server/queries/covered-records.ts';
import { readWithin } from '../read-within.ts';
import { serve, serveFile, type HttpServices } from '../serve.ts';

export function mountApprovals(app: Api, services: HttpServices): void {
  const { db } = services;
  serve(app, services, routes.listApprovals, ({ params, query, person }) =>
    register(db, person.id, params.organisation, query, services.now()),
  );
  serve(app, services, routes.registerApproval, ({ params, body, call }) =>
    registerApproval(services, call, { ...params, ...body }),
  );
  serve(app, services, routes.getApproval, ({ params, person }) =>
    approvalView(db, person.id, params.approval, services.now()),
  );
  serve(app, services, routes.changeApproval, ({ params, body, call }) =>
    changeApproval(services, call, { ...params, ...body }),
  );
  serve(app, services, routes.withdrawApproval, ({ params, body, call }) =>
    withdrawApproval(services, call, { ...params, ...body }),
  );
  serve(app, services, routes.listCarried, ({ params, query, person }) =>
    coveredRecords(db, person.id, params.approval, query),
  );
  serve(app, services, routes.addApprovalFile, async ({ params, query, file, headers, person, call }) => {
    const { organisationId } = await visibleApproval(db, person.id, params.approval);
    // The command checks this again. Checking it first avoids the upload of a large file in vain.
    const actor = await actorInOrganisation(db, person.id, organisationId);
    if (actor) assertAllowed(permissionDenial('manageApprovals', actor));
    const bytes = await readWithin(file, approvalFileLimit, headers);
    return addApprovalFile(services, call, { ...params, ...query, bytes });
  });
  serveFile(app, services, routes.getApprovalFile, ({ params, person }) =>
    approvalFileContent(db, person.id, params.approval, params.hash),
  );
}
