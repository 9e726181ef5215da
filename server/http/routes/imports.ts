import { logError } from '#server/log.ts';
import type { Api } from '../app.ts';
import * as routes from '#shared/contract/routes/imports.ts';
import { permissionDenial } from '#shared/domain/ownership.ts';
import { applyImport } from '#server/commands/imports/apply.ts';
import { checkImport } from '#server/commands/imports/check.ts';
import { assertAllowed, NotFound } from '#server/commands/errors.ts';
import { saveMapping } from '#server/commands/imports/save-mapping.ts';
import { accessToScope } from '#server/db/access.ts';
import { csvLimit } from '#server/imports/readers/limits.ts';
import { createImported } from '#server/imports/create-imported.ts';
import { examineImport } from '#server/imports/examine-import.ts';
import { looksLikeXml } from '#server/imports/readers/read-rows.ts';
import { slots } from '#server/limits/slots.ts';
import { TooMany } from '#server/limits/too-many.ts';
import { importRowsOf, importView, mappingsOf } from '#server/queries/imports.ts';
import { readWithin } from '../read-within.ts';
import { serve, type HttpServices } from '../serve.ts';

/** In milliseconds. A short file is finished before the answer; clients poll `getImport` for a long one. */
const examineWaitMs = 1000;

export function mountImports(app: Api, services: HttpServices): void {
  const { db, work } = services;
  const examined = new Set<string>();
  /** Files being uploaded or examined, which are all in memory: a few per person. One at a time is examined. */
  const files = slots({ running: Infinity, runningPerKey: 3, waitingPerKey: 0 });
  const examinations = slots({ running: 1, runningPerKey: 1, waitingPerKey: Infinity });
  const inTurn = async (person: string, run: () => Promise<unknown>) => {
    const leave = await examinations(person)!;
    await run().finally(leave);
  };
  serve(app, services, routes.checkImport, async ({ params, query, file, headers, person, call }) => {
    const access = await accessToScope(db, person.id, params.scope);
    if (!access) throw new NotFound('scope');
    // The command checks this again. Checking it first avoids the upload of a large file in vain.
    assertAllowed(permissionDenial('createRecords', access.actor));
    const mappings = await mappingsOf(db, person.id, access.scope.organisationId);
    const chosen = query.mapping ? mappings.filter(({ id }) => id === query.mapping) : mappings;
    if (chosen.length === 0) throw new NotFound('columnMapping');
    const entered = files(person.id);
    if (!entered) throw new TooMany(10);
    const leave = await entered;
    let examination: Promise<unknown> = Promise.resolve();
    try {
      const bytes = await readWithin(file, csvLimit, headers);
      const kind = looksLikeXml(bytes) ? ('ivi' as const) : ('csv' as const);
      const taken = await checkImport(services, call, { ...params, file: query.file, kind });
      const view = await importView(db, person.id, taken.import);
      if (view.state !== 'checking' || examined.has(taken.import)) return view;
      examined.add(taken.import);
      const { scope } = access;
      examination = inTurn(person.id, () =>
        work.runExclusive(`check ${taken.import}`, () =>
          examineImport(services, { id: taken.import, scope, file: query.file, bytes, mappings: chosen }),
        ),
      ).finally(() => examined.delete(taken.import));
      await soon(examination);
      return await importView(db, person.id, taken.import);
    } finally {
      void examination.catch(() => undefined).finally(leave);
    }
  });
  serve(app, services, routes.getImport, ({ params, person }) => importView(db, person.id, params.import));
  serve(app, services, routes.listImportRows, ({ params, query, person }) =>
    importRowsOf(db, person.id, params.import, query),
  );
  serve(app, services, routes.applyImport, async ({ params, person, call }) => {
    await importView(db, person.id, params.import);
    await applyImport(services, call, params);
    await soon(work.runExclusive(`apply ${params.import}`, () => createImported(services, params.import)));
    return importView(db, person.id, params.import);
  });
  serve(app, services, routes.listMappings, async ({ params, person }) => ({
    mappings: await mappingsOf(db, person.id, params.organisation),
  }));
  serve(app, services, routes.saveMapping, ({ params, body, call }) =>
    saveMapping(services, call, { ...params, ...body }),
  );
}

/**
 * Waits up to `examineWaitMs` for work that continues in the background. Logs failures: the resume job retries them.
 */
async function soon(work: Promise<unknown>): Promise<void> {
  const done = work.catch((error: unknown) => logError('an import stopped', error));
  await Promise.race([done, new Promise((resolve) => setTimeout(resolve, examineWaitMs))]);
}
