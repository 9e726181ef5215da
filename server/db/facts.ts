import { dayOf } from '#shared/domain/day.ts';
import { sql, type SQL } from 'drizzle-orm';
import type { Approval } from '#shared/contract/approval.ts';
import type { DataTree } from '#shared/contract/record.ts';
import { readApprovalNumber } from '#shared/domain/approval-number.ts';
import type { RuleSettings } from '#shared/contract/rule-set.ts';
import type { Facts, RegisteredApproval } from '#shared/domain/facts.ts';
import { productSettings, ruleSetVersion } from '#shared/domain/rule-set.ts';
import type { Db, Tx } from './driver/client.ts';
import { unproven } from './invitations.ts';
import { bySeverity } from './exceptions.ts';
import { dutiesOf, type RecordRow } from './records.ts';
import {
  approvals,
  exceptions,
  organisations,
  people,
  reviews,
  revisions,
  ruleSets,
  scopes,
  waivers,
} from './schema.ts';

/** The columns of a record that its facts depend on. For a record about to be written, these are the new values. */
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
> & {
  /** The data of a record that is not stored yet. */
  data?: DataTree;
};

/**
 * Reads all input of the rules for one or more records, in this transaction and in one statement. `vinHolder` is always
 * null: the database enforces uniqueness, and commands that set a VIN query it.
 */
export async function gatherFacts(tx: Db | Tx, rows: readonly Judged[], now: Date): Promise<Map<string, Facts>> {
  if (rows.length === 0) return new Map();
  const wanted = rows.map(({ id, organisationId, scopeId, revision, approval, signatoryId }) => ({
    id,
    organisation: organisationId,
    scope: scopeId,
    revision,
    approval,
    base: approval && baseOf(approval),
    signatory: signatoryId,
  }));
  const factRows = await tx
    .select(told)
    .from(
      sql`jsonb_to_recordset(${JSON.stringify(wanted)}::text::jsonb) as wanted(id uuid, organisation uuid, scope uuid, revision integer, approval text, base text, signatory uuid)`,
    );
  const of = new Map(factRows.map(({ id, ...facts }) => [id, facts]));
  return new Map(
    rows.map((row): [string, Facts] => {
      const { timeZone, rules, exceptions, waivers, otherExtensions, ...facts } = of.get(row.id)!;
      return [
        row.id,
        {
          today: dayOf(now, timeZone),
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
          ...(row.data && { data: row.data }),
        },
      ];
    }),
  );
}

const json = <T>(query: SQL) => sql<T>`(${query})`;

/** The values to read for each `wanted` record. */
const told = {
  id: sql<string>`wanted.id`,
  data: json<Facts['data']>(
    sql`select data from ${revisions} where record_id = wanted.id and number = wanted.revision`,
  ),
  timeZone: json<string>(sql`select time_zone from ${organisations} where id = wanted.organisation`),
  scope: json<Facts['scope']>(sql`select jsonb_build_object('state', state) from ${scopes} where id = wanted.scope`),
  rules: json<{ version: number; settings: RuleSettings } | null>(
    sql`select jsonb_build_object('version', version, 'settings', settings) from ${ruleSets}
      where organisation_id = wanted.organisation order by version desc limit 1`,
  ),
  review: json<Facts['review']>(
    sql`select jsonb_build_object('reviewer', reviewer_id, 'dataHash', data_hash, 'ruleSet', rule_set,
        'ticked', to_jsonb(ticked), 'outcome', outcome,
        'unproven', ${unproven(sql`wanted.organisation`, sql`reviewer_id`)})
      from ${reviews} where record_id = wanted.id order by at desc, id desc limit 1`,
  ),
  exceptions: json<Facts['exceptions'] | null>(
    sql`select jsonb_agg(jsonb_build_object('kind', kind, 'cause', cause, 'blocks', blocks)
        order by ${bySeverity}, since, id)
      from ${exceptions} where record_id = wanted.id and closed_at is null`,
  ),
  waivers: json<Facts['waivers'] | null>(
    sql`select jsonb_agg(jsonb_build_object('id', id, 'rule', rule, 'endsOn', ends_on,
        'unproven', ${unproven(sql`wanted.organisation`, sql`decided_by`, sql`requested_by`)}) order by id)
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

type ApprovalRow = typeof approvals.$inferSelect;

export function withdrawalOf({ withdrawnOn, withdrawnWhy }: ApprovalRow): Approval['withdrawn'] {
  return withdrawnOn === null ? null : { on: withdrawnOn, why: withdrawnWhy ?? '' };
}

const baseOf = (number: string): string => {
  const read = readApprovalNumber(number, { national: true });
  return typeof read === 'string' ? number : read.base;
};
