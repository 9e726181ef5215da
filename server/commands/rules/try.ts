import type { RuleSettings } from '#shared/contract/rule-set.ts';
import { ruleTrials } from '#server/db/schema.ts';
import { command } from '../command.ts';
import { requireRulesAccess, requireValidSettings } from './load.ts';

type Input = RuleSettings & { organisation: string };

/**
 * Accepts settings for a trial; `runTrial` then determines what they would change. Nothing else changes, so it records
 * no event. Any member may do this. Throws NotFound, Refused.
 */
export const tryRules = command(
  'try-rules',
  async (ctx, { organisation, ...requested }: Input): Promise<{ trial: string }> => {
    await requireRulesAccess(ctx, organisation);
    const settings = requireValidSettings(requested);
    const nothing = { judged: 0, of: 0, otherwise: 0, first: [] };
    const [row] = await ctx.tx
      .insert(ruleTrials)
      .values({
        organisationId: organisation,
        settings,
        state: 'running',
        found: { records: nothing, moves: { ...nothing, already: 0 } },
        at: ctx.now,
      })
      .returning({ id: ruleTrials.id });
    return { trial: row!.id };
  },
);
