import type { RuleSet, RuleSettings, RuleTrial } from '#shared/contract/rule-set.ts';
import { productSettings } from '#shared/domain/rule-set.ts';
import type { Client } from './client.ts';
import type { Ground } from './ground.ts';
import { waitFor } from './wait.ts';

/** The product's settings with some changed. */
export const settingsWith = (changes: Partial<RuleSettings>): RuleSettings => ({ ...productSettings, ...changes });

/** Tries settings and waits for what the trial found. */
export async function tried({ cast }: Ground, settings: RuleSettings, by: Client = cast.admin): Promise<RuleTrial> {
  const params = { organisation: cast.organisation };
  let trial = await by.call('post /api/organisations/{organisation}/rules/trials', { params, body: settings });
  await waitFor(async () => {
    trial = await by.call('get /api/organisations/{organisation}/rules/trials/{trial}', {
      params: { ...params, trial: trial.id },
    });
    return trial.state === 'done';
    // Trials run one at a time, and others may be waiting.
  }, 25_000);
  return trial;
}

export async function rulesOf({ cast }: Ground, by: Client = cast.admin) {
  return by.call('get /api/organisations/{organisation}/rules', { params: { organisation: cast.organisation } });
}

/** Tries settings and lets them hold, as an administrator does. */
export async function letHold(ground: Ground, settings: RuleSettings, note = 'agreed'): Promise<RuleSet> {
  await tried(ground, settings);
  const { present } = await rulesOf(ground);
  return ground.cast.admin.call('post /api/organisations/{organisation}/rules', {
    params: { organisation: ground.cast.organisation },
    body: { from: present.version, settings, note },
  });
}
