import { and, eq, ne } from 'drizzle-orm';
import type { z } from 'zod';
import type { Finding } from '#shared/contract/finding.ts';
import type { changeRules as route } from '#shared/contract/routes/rules.ts';
import type { RuleSet } from '#shared/contract/rule-set.ts';
import { adminDenial } from '#shared/domain/ownership.ts';
import { sameSettings } from '#shared/domain/rule-settings.ts';
import type { FindingKey } from '#shared/text/texts.ts';
import { presentRules, wasTried } from '#server/db/rule-sets.ts';
import { records, ruleSets } from '#server/db/schema.ts';
import { enqueueRejudge } from '#server/db/rejudge-queue.ts';
import { command } from '../command.ts';
import { assertAllowed, Refused, Stale } from '../errors.ts';
import { requireRulesAccess, requireValidSettings } from './load.ts';

type Input = z.infer<typeof route.body> & { organisation: string };

/**
 * Activates new settings; every record outside the archive is rejudged. Throws NotFound, Forbidden, Stale if the active
 * version is not the one the author saw, and Refused for settings that are not valid, change nothing or were not tried
 * first.
 */
export const changeRules = command('change-rules', async (ctx, input: Input): Promise<RuleSet> => {
  const { organisation, from, note } = input;
  const actor = await requireRulesAccess(ctx, organisation);
  assertAllowed(adminDenial(actor));
  const present = await presentRules(ctx.tx, organisation);
  if (present.version !== from) throw new Stale('ruleVersion', present.version);
  const settings = requireValidSettings(input.settings);
  if (sameSettings(settings, present.settings)) throw new Refused([refusal('M23', 'rules.unchanged')]);
  if (!(await wasTried(ctx.tx, organisation, settings, present.at)))
    throw new Refused([refusal('M24', 'rules.untried')]);

  // The version is the key: the later of two concurrent changes waits here and finds the earlier one.
  const written = await ctx.tx
    .insert(ruleSets)
    .values({ organisationId: organisation, version: from + 1, settings, note, changedBy: actor.id, at: ctx.now })
    .onConflictDoNothing()
    .returning({ version: ruleSets.version });
  if (written.length === 0) throw new Stale('ruleVersion', (await presentRules(ctx.tx, organisation)).version);
  const version = from + 1;
  const open = and(eq(records.organisationId, organisation), ne(records.stage, 'archive'));
  await enqueueRejudge(ctx.tx, open, `rules ${version}`, ctx.now);
  ctx.record({
    trail: organisation,
    kind: 'rules.changed',
    body: { version, before: present.settings, after: settings, note },
  });
  return { version, settings, note, changed: { by: actor.id, name: actor.name, at: ctx.now.toISOString() } };
});

const refusal = (rule: 'M23' | 'M24', key: FindingKey): Finding => ({
  rule,
  key,
  params: {},
  severity: 'error',
  entry: null,
  mend: [],
});
