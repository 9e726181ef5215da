import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Approval } from '#shared/contract/approval.ts';
import { readApprovalNumber } from '#shared/domain/approval-number.ts';
import type { Facts, RegisteredApproval } from '#shared/domain/facts.ts';
import { productSettings, ruleSetVersion } from '#shared/domain/rule-set.ts';
import type { Db, Tx } from './client.ts';
import { cardOf, type RecordRow } from './records.ts';
import { approvals, exceptions, people, reviews, revisions, ruleSets, scopes, waivers } from './schema.ts';

/**
 * Reads, in this transaction, all that the rules look at, of one record or of many in as many queries. `rows` are the
 * records as they are about to be; `vinHolder` is left open: uniqueness is the database's, and is asked where a VIN is set.
 */
export async function gatherFacts(tx: Tx, rows: readonly RecordRow[], now: Date): Promise<Map<string, Facts>> {
  if (rows.length === 0) return new Map();
  const ids = rows.map(({ id }) => id);
  const presentRevisions = JSON.stringify(rows.map(({ id, revision }) => ({ id, number: revision })));
  const [under, data, reviewed, open, allowed, registered, signatories] = await Promise.all([
    rulesOfScopes(tx, distinct(rows.map(({ scopeId }) => scopeId))),
    tx
      .select({ record: revisions.recordId, data: revisions.data })
      .from(revisions)
      .innerJoin(
        // Named one by one, two hundred take three times as long to find.
        sql`jsonb_to_recordset(${presentRevisions}::text::jsonb) as present(id uuid, number integer)`,
        and(eq(revisions.recordId, sql`present.id`), eq(revisions.number, sql`present.number`)),
      ),
    tx
      .selectDistinctOn([reviews.recordId])
      .from(reviews)
      .where(inArray(reviews.recordId, ids))
      .orderBy(reviews.recordId, desc(reviews.at), desc(reviews.id)),
    tx
      .select({
        record: exceptions.recordId,
        kind: exceptions.kind,
        cause: exceptions.cause,
        blocks: exceptions.blocks,
      })
      .from(exceptions)
      .where(and(inArray(exceptions.recordId, ids), isNull(exceptions.closedAt)))
      .orderBy(asc(exceptions.since)),
    tx
      .select({ record: waivers.recordId, id: waivers.id, rule: waivers.rule, endsOn: waivers.endsOn })
      .from(waivers)
      .where(and(inArray(waivers.recordId, ids), eq(waivers.state, 'active'))),
    registeredFor(tx, rows),
    namesOf(tx, distinct(rows.flatMap(({ signatoryId }) => signatoryId ?? []))),
  ]);
  const dataOf = new Map(data.map((row) => [row.record, row.data]));
  const reviewOf = new Map(reviewed.map((row) => [row.recordId, row]));
  const openOf = Map.groupBy(open, ({ record }) => record);
  const allowedOf = Map.groupBy(allowed, ({ record }) => record);
  const today = now.toISOString().slice(0, 10);
  return new Map(
    rows.map((row): [string, Facts] => {
      const { state, settings, ruleSet } = under.get(row.scopeId)!;
      const review = reviewOf.get(row.id);
      return [
        row.id,
        {
          today,
          scope: { state },
          duties: cardOf(row).duties,
          signatoryName: row.signatoryId && (signatories.get(row.signatoryId) ?? null),
          data: dataOf.get(row.id)!,
          dataHash: row.dataHash,
          editors: row.editors,
          review: review
            ? {
                reviewer: review.reviewerId,
                dataHash: review.dataHash,
                ruleSet: review.ruleSet,
                ticked: review.ticked,
                outcome: review.outcome,
              }
            : null,
          checklist: row.checklist,
          exceptions: (openOf.get(row.id) ?? []).map(({ record: _, ...exception }) => exception),
          vinHolder: null,
          ...registered(row),
          waivers: (allowedOf.get(row.id) ?? []).map(({ record: _, ...waiver }) => waiver),
          settings,
          ruleSet,
        },
      ];
    }),
  );
}

/** What holds in each scope: whether it is open, and its organisation's rules. */
export async function rulesOfScopes(tx: Db | Tx, ids: readonly string[]) {
  const newest = tx
    .selectDistinctOn([ruleSets.organisationId])
    .from(ruleSets)
    .orderBy(ruleSets.organisationId, desc(ruleSets.version))
    .as('newest');
  const rows = await tx
    .select({ id: scopes.id, state: scopes.state, version: newest.version, settings: newest.settings })
    .from(scopes)
    .leftJoin(newest, eq(newest.organisationId, scopes.organisationId))
    .where(inArray(scopes.id, [...ids]));
  return new Map(
    rows.map(({ id, state, version, settings }) => [
      id,
      { state, settings: settings ?? productSettings, ruleSet: ruleSetVersion(version ?? 0) },
    ]),
  );
}

type ApprovalRow = typeof approvals.$inferSelect;

/** What rules read of a register's row. */
export function registeredApproval(row: ApprovalRow): RegisteredApproval {
  const { number, issuedOn, expiresOn, categories, covers, ranges, signatories } = row;
  return { number, issuedOn, expiresOn, withdrawn: withdrawalOf(row), categories, covers, ranges, signatories };
}

export function withdrawalOf({ withdrawnOn, withdrawnWhy }: ApprovalRow): Approval['withdrawn'] {
  return withdrawnOn === null ? null : { on: withdrawnOn, why: withdrawnWhy ?? '' };
}

/** What the register has for each record; of an approval it lacks at that extension, which ones it has. */
export async function registeredFor(tx: Tx, rows: readonly Pick<RecordRow, 'organisationId' | 'approval'>[]) {
  const key = (organisation: string, number: string) => `${organisation} ${number}`;
  const wanted = rows.flatMap(({ organisationId, approval }) => (approval ? [{ organisationId, approval }] : []));
  const numbers = distinct(wanted.map(({ approval }) => approval));
  const organisations = distinct(wanted.map(({ organisationId }) => organisationId));
  const found =
    numbers.length === 0
      ? []
      : await tx
          .select()
          .from(approvals)
          .where(and(inArray(approvals.organisationId, organisations), inArray(approvals.number, numbers)));
  const byKey = new Map(found.map((row) => [key(row.organisationId, row.number), registeredApproval(row)]));
  const bases = distinct(
    wanted.filter((one) => !byKey.has(key(one.organisationId, one.approval))).map(({ approval }) => baseOf(approval)),
  );
  const others =
    bases.length === 0
      ? []
      : await tx
          .select({
            organisationId: approvals.organisationId,
            base: approvals.base,
            extensions: sql<string[]>`array_agg(${approvals.extension} order by ${approvals.extension})`,
          })
          .from(approvals)
          .where(and(inArray(approvals.organisationId, organisations), inArray(approvals.base, bases)))
          .groupBy(approvals.organisationId, approvals.base);
  const extensionsOf = new Map(others.map((row) => [key(row.organisationId, row.base), row.extensions]));
  return ({ organisationId, approval }: Pick<RecordRow, 'organisationId' | 'approval'>) => ({
    approval: (approval && byKey.get(key(organisationId, approval))) || null,
    otherExtensions: (approval && extensionsOf.get(key(organisationId, baseOf(approval)))) || [],
  });
}

const baseOf = (number: string): string => {
  const read = readApprovalNumber(number, { national: true });
  return typeof read === 'string' ? number : read.base;
};

async function namesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ id: people.id, name: people.name })
    .from(people)
    .where(inArray(people.id, [...ids]));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];
