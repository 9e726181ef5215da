import type { RuleSettings } from '#shared/contract/rule-set.ts';
import { plainSettings, settingsFindings } from '#shared/domain/rule-settings.ts';
import { membershipOf } from '#server/db/access.ts';
import type { CommandContext } from '../command.ts';
import { NotFound, Refused } from '../errors.ts';

/** Throws NotFound if the actor is not a member of the organisation. */
export async function requireRulesAccess(
  ctx: CommandContext,
  organisation: string,
): Promise<{ id: string; name: string; admin: boolean }> {
  const member = ctx.actor && (await membershipOf(ctx.tx, ctx.actor.id, organisation));
  if (!member) throw new NotFound('organisation');
  return { ...ctx.actor!, ...member };
}

/** The settings in their stored form. Throws Refused for an unknown or fixed rule, or a value out of bounds. */
export function requireValidSettings(requested: RuleSettings): RuleSettings {
  const findings = settingsFindings(requested);
  if (findings.length > 0) throw new Refused(findings);
  return plainSettings(requested);
}
