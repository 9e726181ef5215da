import type { Api } from '../app.ts';
import * as routes from '#shared/contract/routes/approvals.ts';
import { registerApproval } from '#server/commands/register-approval.ts';
import { serve, type HttpServices } from '../serve.ts';

export function mountApprovals(app: Api, services: HttpServices): void {
  serve(app, services, routes.registerApproval, ({ params, body, call }) =>
    registerApproval(services, call, { ...params, ...body }),
  );
}
