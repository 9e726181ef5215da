import type { RuleSet, RuleSettings, RuleTrial } from '#shared/contract/rule-set.ts';
import { productSettings } from '#shared/domain/rule-set.ts';
import type { Client } from './client.ts';
import type { TestContext } from './context.ts';
import { waitFor } from './wait.ts';

/** The product's settings with some changed. */
export const settingsWith = (changes: Partial<RuleSettings>): RuleSettings => ({ ...productSettings, ...changes });

/** Tries settings and returns the result of the trial. */
export async function tried(
  { users }: TestContext,
  settings: RuleSettings,
  by: Client = users.admin,
): Promise<RuleTrial> {
  const params = { organisation: users.organisation };
  let trial = await by.call('post /api/organisations/{organisation}/rules/trials', { params, body: settings });
  await waitFor(async () => {
    trial = await by.call('get /api/organisations/{organisation}/rules/trials/{trial}', {
      params: { ...params, trial: trial.id },
    });
    return trial.state === 'done';
    // Trials run one at a time, and others may be queued.
  }, 25_000);
  return trial;
}

export async function rulesOf({ users }: TestContext, by: Client = users.admin) {
  return by.call('get /api/organisations/{organisation}/rules', { params: { organisation: users.organisation } });
}

/** Tries settings and puts them into force, as an administrator does. */
export async function letHold(ctx: TestContext, settings: RuleSettings, note = 'agreed'): Promise<RuleSet> {
  await tried(ctx, settings);
  const { present } = await rulesOf(ctx);
  return ctx.users.admin.call('post /api/organisations/{organisation}/rules', {
    params: { organisation: ctx.users.organisation },
    body: { from: present.version, settings, note },
  });
}
