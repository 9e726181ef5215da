import { and, desc, eq, lt } from 'drizzle-orm';
import type { Waiver, WaiverState } from '#shared/contract/waiver.ts';
import { NotFound } from '#server/commands/errors.ts';
import { accessToScope } from '#server/db/access.ts';
import type { Db } from '#server/db/driver/client.ts';
import { records, waivers } from '#server/db/schema.ts';
import { waiverOf } from '#server/db/waivers.ts';

const page = 50;

/** The waivers of a scope after `after`, newest first. Throws NotFound. */
export async function waiversOfScope(
  db: Db,
  personId: string,
  scope: string,
  {
    record,
    state,
    after,
  }: { record?: string | undefined; state?: WaiverState | undefined; after?: string | undefined },
): Promise<{ waivers: Waiver[]; next: string | null }> {
  if (!(await accessToScope(db, personId, scope))) throw new NotFound('scope');
  const rows = await db
    .select({ waiver: waivers, reference: records.reference })
    .from(waivers)
    .innerJoin(records, eq(records.id, waivers.recordId))
    .where(
      and(
        eq(waivers.scopeId, scope),
        record ? eq(waivers.recordId, record) : undefined,
        state ? eq(waivers.state, state) : undefined,
        after ? lt(waivers.id, after) : undefined,
      ),
    )
    .orderBy(desc(waivers.id))
    .limit(page + 1);
  const shown = rows.slice(0, page).map(({ waiver, reference }) => waiverOf(waiver, reference));
  return { waivers: shown, next: rows.length > page ? shown.at(-1)!.id : null };
}
