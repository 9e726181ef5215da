import type { Api } from '../app.ts';
import * as routes from '#shared/contract/routes/rules.ts';
import { changeRules } from '#server/commands/rules/change.ts';
import { tryRules } from '#server/commands/rules/try.ts';
import { rulesOf, trialView } from '#server/queries/rules.ts';
import { finishTrial } from '#server/trials/run-trial.ts';
import { slots } from '#server/limits/slots.ts';
import { TooMany } from '#server/limits/too-many.ts';
import { logError } from '#server/log.ts';
import { serve, type HttpServices } from '../serve.ts';

export function mountRules(app: Api, services: HttpServices): void {
  const { db } = services;
  const taken = new Set<string>();
  /** Unfinished trials: a few per person. One at a time runs. */
  const unfinished = slots({ running: Infinity, runningPerKey: 2, waitingPerKey: 0 });
  const runs = slots({ running: 1, runningPerKey: 1, waitingPerKey: Infinity });
  async function run(trial: string, person: string): Promise<void> {
    const leave = await runs(person)!;
    await services.work
      .runExclusive(`trial ${trial}`, () => finishTrial(services, trial))
      .finally(() => {
        leave();
        taken.delete(trial);
      });
  }
  serve(app, services, routes.getRules, ({ params, person }) => rulesOf(db, person.id, params.organisation));
  serve(app, services, routes.tryRules, async ({ params, body, person, call }) => {
    const entered = unfinished(person.id);
    if (!entered) throw new TooMany(10);
    const leave = await entered;
    let running: Promise<void> = Promise.resolve();
    try {
      const { trial } = await tryRules(services, call, { ...params, ...body });
      const view = await trialView(db, person.id, trial, params.organisation);
      if (view.state === 'running' && !taken.has(trial)) {
        taken.add(trial);
        running = run(trial, person.id).catch((error: unknown) => logError(`trial of rules ${trial}`, error));
      }
      return view;
    } finally {
      void running.finally(leave);
    }
  });
  serve(app, services, routes.getRuleTrial, ({ params, person }) =>
    trialView(db, person.id, params.trial, params.organisation),
  );
  serve(app, services, routes.changeRules, ({ params, body, call }) =>
    changeRules(services, call, { ...params, ...body }),
  );
}
