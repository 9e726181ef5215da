import { and, desc, eq, inArray, sql, type SQL } from 'drizzle-orm';
import type { Approval } from '#shared/contract/approval.ts';
import { readApprovalNumber } from '#shared/domain/approval-number.ts';
import type { RuleSettings } from '#shared/contract/rule-set.ts';
import type { Facts, RegisteredApproval } from '#shared/domain/facts.ts';
import { productSettings, ruleSetVersion } from '#shared/domain/rule-set.ts';
import type { Db, Tx } from './client.ts';
import { dutiesOf, type RecordRow } from './records.ts';
import { approvals, exceptions, people, reviews, revisions, ruleSets, scopes, waivers } from './schema.ts';

/** The columns of a record that its facts hang on; of one that is about to be written, as it is about to be. */
type Judged = Pick<
  RecordRow,
  | 'id'
  | 'organisationId'
  | 'scopeId'
  | 'revision'
  | 'approval'
  | 'dataOwnerId'
  | 'reviewerId'
  | 'outputPreparerId'
  | 'signatoryId'
  | 'dataHash'
  | 'editors'
  | 'checklist'
>;

/**
 * Reads, in this transaction and in one statement, all that the rules look at, of one record or of many. `vinHolder` is
 * left open: uniqueness is the database's, and is asked where a VIN is set.
 */
export async function gatherFacts(tx: Tx, rows: readonly Judged[], now: Date): Promise<Map<string, Facts>> {
  const wanted = rows.map(({ id, organisationId, scopeId, revision, approval, signatoryId }) => ({
    id,
    organisation: organisationId,
    scope: scopeId,
    revision,
    approval,
    base: approval && baseOf(approval),
    signatory: signatoryId,
  }));
  const found = await tx
    .select(told)
    .from(
      sql`jsonb_to_recordset(${JSON.stringify(wanted)}::text::jsonb) as wanted(id uuid, organisation uuid, scope uuid, revision integer, approval text, base text, signatory uuid)`,
    );
  const of = new Map(found.map(({ id, ...facts }) => [id, facts]));
  const today = now.toISOString().slice(0, 10);
  return new Map(
    rows.map((row): [string, Facts] => {
      const { rules, exceptions, waivers, otherExtensions, ...facts } = of.get(row.id)!;
      return [
        row.id,
        {
          today,
          duties: dutiesOf(row),
          dataHash: row.dataHash,
          editors: row.editors,
          checklist: row.checklist,
          vinHolder: null,
          exceptions: exceptions ?? [],
          waivers: waivers ?? [],
          otherExtensions: (facts.approval === null && otherExtensions) || [],
          settings: rules?.settings ?? productSettings,
          ruleSet: ruleSetVersion(rules?.version ?? 0),
          ...facts,
        },
      ];
    }),
  );
}

const json = <T>(query: SQL) => sql<T>`(${query})`;

/** What is read beside each `wanted` record, each as one value. */
const told = {
  id: sql<string>`wanted.id`,
  data: json<Facts['data']>(
    sql`select data from ${revisions} where record_id = wanted.id and number = wanted.revision`,
  ),
  scope: json<Facts['scope']>(sql`select jsonb_build_object('state', state) from ${scopes} where id = wanted.scope`),
  rules: json<{ version: number; settings: RuleSettings } | null>(
    sql`select jsonb_build_object('version', version, 'settings', settings) from ${ruleSets}
      where organisation_id = wanted.organisation order by version desc limit 1`,
  ),
  review: json<Facts['review']>(
    sql`select jsonb_build_object('reviewer', reviewer_id, 'dataHash', data_hash, 'ruleSet', rule_set,
        'ticked', to_jsonb(ticked), 'outcome', outcome)
      from ${reviews} where record_id = wanted.id order by at desc, id desc limit 1`,
  ),
  exceptions: json<Facts['exceptions'] | null>(
    sql`select jsonb_agg(jsonb_build_object('kind', kind, 'cause', cause, 'blocks', blocks) order by since, id)
      from ${exceptions} where record_id = wanted.id and closed_at is null`,
  ),
  waivers: json<Facts['waivers'] | null>(
    sql`select jsonb_agg(jsonb_build_object('id', id, 'rule', rule, 'endsOn', ends_on) order by id)
      from ${waivers} where record_id = wanted.id and state = 'active'`,
  ),
  approval: json<RegisteredApproval | null>(
    sql`select jsonb_build_object('number', number, 'issuedOn', issued_on, 'expiresOn', expires_on,
        'withdrawn', case when withdrawn_on is null then null
          else jsonb_build_object('on', withdrawn_on, 'why', coalesce(withdrawn_why, '')) end,
        'categories', to_jsonb(categories), 'covers', covers, 'ranges', ranges, 'signatories', signatories)
      from ${approvals} where organisation_id = wanted.organisation and number = wanted.approval`,
  ),
  otherExtensions: json<string[] | null>(
    sql`select jsonb_agg(extension order by extension)
      from ${approvals} where organisation_id = wanted.organisation and base = wanted.base`,
  ),
  signatoryName: json<string | null>(sql`select name from ${people} where id = wanted.signatory`),
};

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

const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];
