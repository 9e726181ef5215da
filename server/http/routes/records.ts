import type { Api } from '../app.ts';
import * as routes from '#shared/contract/routes/records.ts';
import { dataTooLarge } from '#shared/domain/data-size.ts';
import { assignDuty } from '#server/commands/records/assign-duty.ts';
import { createRecords, type Created } from '#server/commands/records/create.ts';
import { Refused } from '#server/commands/errors.ts';
import { editData } from '#server/commands/records/edit-data.ts';
import { assignNextAction } from '#server/commands/records/assign-next-action.ts';
import { moveRecord } from '#server/commands/records/move.ts';
import { planRelease } from '#server/commands/records/plan-release.ts';
import { reviewRecord } from '#server/commands/records/review.ts';
import { recordDetail } from '#server/queries/record-detail.ts';
import { comparison, revision, revisionsOf } from '#server/queries/revisions.ts';
import { serve, type HttpServices } from '../serve.ts';

export function mountRecords(app: Api, services: HttpServices): void {
  serve(app, services, routes.createRecord, async ({ params, body, call }) => {
    // The command refuses it too, but holds the lock of the scope while it checks.
    const tooLarge = dataTooLarge(body.data);
    if (tooLarge) throw new Refused([tooLarge]);
    const draft = { data: body.data, source: { kind: 'typed' as const }, sourceKey: null };
    const { created } = await createRecords(services, call, { scope: params.scope, drafts: [draft], whole: true });
    const [result] = created as [Extract<Created, { state: 'created' }>];
    return { card: result.card };
  });
  serve(app, services, routes.getRecord, ({ params, person }) =>
    recordDetail(services.db, person.id, params.record, services.now()),
  );
  serve(app, services, routes.moveRecord, ({ params, body, call }) =>
    moveRecord(services, call, { ...params, ...body }),
  );
  serve(app, services, routes.editData, ({ params, body, call }) =>
    editData(services, call, { ...params, ...body, source: 'typed' }),
  );
  serve(app, services, routes.assignDuty, ({ params, body, call }) =>
    assignDuty(services, call, { ...params, ...body }),
  );
  serve(app, services, routes.handOver, ({ params, body, call }) =>
    assignNextAction(services, call, { ...params, ...body }),
  );
  serve(app, services, routes.planRelease, ({ params, body, call }) =>
    planRelease(services, call, { ...params, ...body }),
  );
  serve(app, services, routes.reviewRecord, ({ params, body, call }) =>
    reviewRecord(services, call, { ...params, ...body }),
  );
  serve(app, services, routes.listRevisions, ({ params, query, person }) =>
    revisionsOf(services.db, person.id, params.record, query.before),
  );
  serve(app, services, routes.getRevision, ({ params, person }) =>
    revision(services.db, person.id, params.record, params.revision),
  );
  serve(app, services, routes.compareRevisions, async ({ params, query, person }) => ({
    changes: await comparison(services.db, person.id, params.record, query),
  }));
}
