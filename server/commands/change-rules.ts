import { and, eq, ne } from 'drizzle-orm';
import type { z } from 'zod';
import type { Finding } from '#shared/contract/finding.ts';
import type { changeRules as route } from '#shared/contract/routes/rules.ts';
import type { RuleSet } from '#shared/contract/rule-set.ts';
import { mayAdminister } from '#shared/domain/ownership.ts';
import { sameSettings } from '#shared/domain/rule-settings.ts';
import type { FindingKey } from '#shared/text/texts.ts';
import { presentRules, wasTried } from '#server/db/rule-sets.ts';
import { records, ruleSets } from '#server/db/schema.ts';
import { listToJudgeAgain } from '#server/db/rejudgements.ts';
import { command } from './command.ts';
import { allow, Refused, Stale } from './errors.ts';
import { openRules, soundSettings } from './open-rules.ts';

type Input = z.infer<typeof route.body> & { organisation: string };

/**
 * Lets other settings hold from now on; every record outside the archive is to be judged again. Throws NotFound,
 * Forbidden, Stale where another version holds than its author saw, and Refused for settings that cannot hold, change
 * nothing or were not tried first.
 */
export const changeRules = command('change-rules', async (act, input: Input): Promise<RuleSet> => {
  const { organisation, from, note } = input;
  const actor = await openRules(act, organisation);
  allow(mayAdminister(actor));
  const present = await presentRules(act.tx, organisation);
  if (present.version !== from) throw new Stale('ruleVersion', present.version);
  const settings = soundSettings(input.settings);
  if (sameSettings(settings, present.settings)) throw new Refused([refusal('M23', 'rules.unchanged')]);
  if (!(await wasTried(act.tx, organisation, settings, present.at)))
    throw new Refused([refusal('M24', 'rules.untried')]);

  // The version is the key: of two at once the later one waits here and finds the earlier.
  const written = await act.tx
    .insert(ruleSets)
    .values({ organisationId: organisation, version: from + 1, settings, note, changedBy: actor.id, at: act.now })
    .onConflictDoNothing()
    .returning({ version: ruleSets.version });
  if (written.length === 0) throw new Stale('ruleVersion', (await presentRules(act.tx, organisation)).version);
  const version = from + 1;
  const open = and(eq(records.organisationId, organisation), ne(records.stage, 'archive'));
  await listToJudgeAgain(act.tx, open, `rules ${version}`, act.now);
  act.record({
    trail: organisation,
    kind: 'rules.changed',
    body: { version, before: present.settings, after: settings, note },
  });
  return { version, settings, note, changed: { by: actor.id, name: actor.name, at: act.now.toISOString() } };
});

const refusal = (rule: 'M23' | 'M24', key: FindingKey): Finding => ({
  rule,
  key,
  params: {},
  severity: 'error',
  entry: null,
  mend: [],
});
