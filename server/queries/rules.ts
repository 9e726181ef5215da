import { and, desc, eq, inArray } from 'drizzle-orm';
import type { RuleLine, RuleSet, RuleTrial } from '#shared/contract/rule-set.ts';
import { ruleLines } from '#shared/domain/rule-settings.ts';
import { productSettings } from '#shared/domain/rule-set.ts';
import { NotFound } from '#server/commands/errors.ts';
import { membershipOf } from '#server/db/access.ts';
import type { Db } from '#server/db/driver/client.ts';
import { people, ruleSets, ruleTrials, scopeDuties, scopes } from '#server/db/schema.ts';

/**
 * The present and earlier settings of an organisation, with the rules. Throws NotFound if the person is not a member.
 */
export async function rulesOf(
  db: Db,
  personId: string,
  organisationId: string,
): Promise<{ present: RuleSet; earlier: RuleSet[]; rules: RuleLine[] }> {
  if (!(await membershipOf(db, personId, organisationId))) throw new NotFound('organisation');
  const rows = await db
    .select({ version: ruleSets, name: people.name })
    .from(ruleSets)
    .leftJoin(people, eq(people.id, ruleSets.changedBy))
    .where(eq(ruleSets.organisationId, organisationId))
    .orderBy(desc(ruleSets.version));
  const versions = rows.map(({ version: { version, settings, note, changedBy, at }, name }): RuleSet => {
    const changed = changedBy && { by: changedBy, name: name ?? 'former member', at: at.toISOString() };
    return { version, settings, note, changed: changed || null };
  });
  const [present, ...earlier] = [...versions, { version: 0, settings: productSettings, note: null, changed: null }];
  return { present: present!, earlier, rules: ruleLines() };
}

/**
 * A rule trial. It lists results of the scopes that the person may see, and counts those of all scopes. Throws
 * NotFound.
 */
export async function trialView(db: Db, personId: string, trialId: string, organisationId: string): Promise<RuleTrial> {
  const member = await membershipOf(db, personId, organisationId);
  if (!member) throw new NotFound('organisation');
  const [row] = await db
    .select()
    .from(ruleTrials)
    .where(and(eq(ruleTrials.id, trialId), eq(ruleTrials.organisationId, organisationId)));
  if (!row) throw new NotFound('trial');
  const { id, state, settings, found } = row;
  if (member.admin) return { id, state, settings, ...found };
  const seen = new Set(await scopesSeen(db, personId, organisationId));
  const visible = <T extends { scope: string }>(list: readonly T[]) => list.filter(({ scope }) => seen.has(scope));
  return {
    id,
    state,
    settings,
    records: { ...found.records, first: visible(found.records.first) },
    moves: { ...found.moves, first: visible(found.moves.first) },
  };
}

/** The organisation's scopes in which the person has a duty. */
async function scopesSeen(db: Db, personId: string, organisationId: string): Promise<string[]> {
  const ofOrganisation = db.select({ id: scopes.id }).from(scopes).where(eq(scopes.organisationId, organisationId));
  const rows = await db
    .selectDistinct({ id: scopeDuties.scopeId })
    .from(scopeDuties)
    .where(and(eq(scopeDuties.personId, personId), inArray(scopeDuties.scopeId, ofOrganisation)));
  return rows.map(({ id }) => id);
}
