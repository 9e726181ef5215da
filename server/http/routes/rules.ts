import type { Api } from '../app.ts';
import * as routes from '#shared/contract/routes/rules.ts';
import { changeRules } from '#server/commands/change-rules.ts';
import { tryRules } from '#server/commands/try-rules.ts';
import { rulesOf, trialView } from '#server/queries/rules.ts';
import { finishTrial } from '#server/trials/run-trial.ts';
import { serve, type HttpServices } from '../serve.ts';

export function mountRules(app: Api, services: HttpServices): void {
  const { db } = services;
  const taken = new Set<string>();
  // One trial at a time, however many are asked for.
  let last = Promise.resolve();
  serve(app, services, routes.getRules, ({ params, person }) => rulesOf(db, person.id, params.organisation));
  serve(app, services, routes.tryRules, async ({ params, body, person, call }) => {
    const { trial } = await tryRules(services, call, { ...params, ...body });
    const view = await trialView(db, person.id, trial, params.organisation);
    if (view.state === 'running' && !taken.has(trial)) {
      taken.add(trial);
      last = last
        .then(() => services.work.alone(`trial ${trial}`, () => finishTrial(services, trial)))
        .then(() => void taken.delete(trial));
    }
    return view;
  });
  serve(app, services, routes.getRuleTrial, ({ params, person }) =>
    trialView(db, person.id, params.trial, params.organisation),
  );
  serve(app, services, routes.changeRules, ({ params, body, call }) =>
    changeRules(services, call, { ...params, ...body }),
  );
}
