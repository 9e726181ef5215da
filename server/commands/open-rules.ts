import type { RuleSettings } from '#shared/contract/rule-set.ts';
import { plainSettings, settingsTroubles } from '#shared/domain/rule-settings.ts';
import { membershipOf } from '#server/db/access.ts';
import type { Act } from './command.ts';
import { NotFound, Refused } from './errors.ts';

/** Throws NotFound for who is no member of the organisation. */
export async function openRules(act: Act, organisation: string): Promise<{ id: string; name: string; admin: boolean }> {
  const member = act.actor && (await membershipOf(act.tx, act.actor.id, organisation));
  if (!member) throw new NotFound('organisation');
  return { ...act.actor!, ...member };
}

/** The settings in the form they are stored in. Throws Refused for a rule unknown or fixed, or a value out of bounds. */
export function soundSettings(asked: RuleSettings): RuleSettings {
  const troubles = settingsTroubles(asked);
  if (troubles.length > 0) throw new Refused(troubles);
  return plainSettings(asked);
}
