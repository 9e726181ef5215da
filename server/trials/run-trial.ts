import { logError } from '#server/log.ts';
import { eq } from 'drizzle-orm';
import type { RuleTrial } from '#shared/contract/rule-set.ts';
import { ruleSetVersion } from '#shared/domain/rule-set.ts';
import type { Services } from '#server/commands/command.ts';
import { isUnavailable } from '#server/db/driver/client.ts';
import { presentRules } from '#server/db/rule-sets.ts';
import { ruleTrials } from '#server/db/schema.ts';
import { changedMoves } from './otherwise-moves.ts';
import { changedRecordVerdicts } from './otherwise-records.ts';

/** Maximum number of records and of moves that are listed; all are counted. */
const kept = 200;

/** The result of one step. `of`: the total number to judge. */
export interface TrialStep<T> {
  judged: number;
  of: number;
  otherwise: T[];
}

/**
 * Determines what a trial's settings would change and stores the progress after every step. It only reads everything
 * else. It always starts from the beginning, so a trial that ended with its process is simply run again.
 */
async function runTrial(services: Services, id: string): Promise<void> {
  const { db } = services;
  const [trial] = await db.select().from(ruleTrials).where(eq(ruleTrials.id, id));
  if (trial?.state !== 'running') return;
  const { organisationId, settings } = trial;
  const { version, settings: present } = await presentRules(db, organisationId);
  const requested = {
    organisationId,
    present: { settings: present, ruleSet: ruleSetVersion(version) },
    proposed: { settings, ruleSet: ruleSetVersion(version + 1) },
  };
  const nothing = { judged: 0, of: 0, otherwise: 0, first: [] };
  const outcome: Pick<RuleTrial, 'records' | 'moves'> = { records: nothing, moves: { ...nothing, already: 0 } };
  const tell = () => db.update(ruleTrials).set({ found: outcome }).where(eq(ruleTrials.id, id));
  for await (const step of changedRecordVerdicts(services, requested)) {
    outcome.records = added(outcome.records, step);
    await tell();
  }
  for await (const step of changedMoves(services, requested)) {
    const already = step.otherwise.filter((move) => move.already).length;
    outcome.moves = { ...added(outcome.moves, step), already: outcome.moves.already + already };
    await tell();
  }
  await db.update(ruleTrials).set({ state: 'done', found: outcome }).where(eq(ruleTrials.id, id));
}

/**
 * Runs a trial. A trial that fails is deleted and logged, so that nobody waits for it. If the database is unavailable,
 * the trial is kept and the error is thrown: the trial runs again when the database is back.
 */
export async function finishTrial(services: Services, id: string): Promise<void> {
  try {
    await runTrial(services, id);
  } catch (error) {
    if (isUnavailable(error)) throw error;
    logError(`trial of rules ${id}`, error);
    await services.db.delete(ruleTrials).where(eq(ruleTrials.id, id));
  }
}

export interface Asked {
  organisationId: string;
  present: { settings: RuleTrial['settings']; ruleSet: string };
  proposed: { settings: RuleTrial['settings']; ruleSet: string };
}

function added<T>(
  sum: { judged: number; of: number; otherwise: number; first: T[] },
  { judged, of, otherwise }: TrialStep<T>,
) {
  return {
    judged: sum.judged + judged,
    of: Math.max(of, sum.judged + judged),
    otherwise: sum.otherwise + otherwise.length,
    first: [...sum.first, ...otherwise].slice(0, kept),
  };
}
