import { and, desc, eq, gte, sql } from 'drizzle-orm';
import type { RuleSettings } from '#shared/contract/rule-set.ts';
import { productSettings, ruleSetVersion } from '#shared/domain/rule-set.ts';
import type { Db, Tx } from './driver/client.ts';
import { ruleSets, ruleTrials } from './schema.ts';

/** The current rule settings of an organisation, and since when they apply. Version 0: the product's defaults. */
export async function presentRules(
  tx: Db | Tx,
  organisationId: string,
): Promise<{ version: number; ruleSet: string; settings: RuleSettings; at: Date | null }> {
  const [row] = await tx
    .select({ version: ruleSets.version, settings: ruleSets.settings, at: ruleSets.at })
    .from(ruleSets)
    .where(eq(ruleSets.organisationId, organisationId))
    .orderBy(desc(ruleSets.version))
    .limit(1);
  const present = row ?? { version: 0, settings: productSettings, at: null };
  return { ...present, ruleSet: ruleSetVersion(present.version) };
}

/** Whether a trial of exactly these settings, in their plain form, has started since `since` and finished. */
export async function wasTried(
  tx: Db | Tx,
  organisationId: string,
  settings: RuleSettings,
  since: Date | null,
): Promise<boolean> {
  const rows = await tx
    .select({ id: ruleTrials.id })
    .from(ruleTrials)
    .where(
      and(
        eq(ruleTrials.organisationId, organisationId),
        eq(ruleTrials.state, 'done'),
        since ? gte(ruleTrials.at, since) : undefined,
        sql`${ruleTrials.settings} = ${JSON.stringify(settings)}::text::jsonb`,
      ),
    )
    .limit(1);
  return rows.length > 0;
}
