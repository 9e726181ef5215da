import type { z } from 'zod';
import type { Finding } from '#shared/contract/finding.ts';
import type { ColumnMapping, NewColumnMapping } from '#shared/contract/import.ts';
import { isValuePath } from '#shared/domain/catalogue/value-path.ts';
import { permissionDenial } from '#shared/domain/ownership.ts';
import { actorInOrganisation } from '#server/db/access.ts';
import { mappings } from '#server/db/schema.ts';
import { command } from '../command.ts';
import { assertAllowed, NotFound, Refused } from '../errors.ts';

type Input = z.infer<typeof NewColumnMapping> & { organisation: string };

/**
 * Saves a column mapping under its name and replaces one of the same name. Throws NotFound, Forbidden for a person who
 * may not create records in any scope of the organisation, and Refused if a column fills no entry or two columns fill
 * the same one.
 */
export const saveMapping = command('save-mapping', async (ctx, input: Input): Promise<ColumnMapping> => {
  const { organisation, name, columns } = input;
  const actor = ctx.actor && (await actorInOrganisation(ctx.tx, ctx.actor.id, organisation));
  if (!actor) throw new NotFound('organisation');
  assertAllowed(permissionDenial('createRecords', actor));
  const findings = mappingFindings(columns);
  if (findings.length > 0) throw new Refused(findings);
  const [saved] = await ctx.tx
    .insert(mappings)
    .values({ organisationId: organisation, name, columns })
    .onConflictDoUpdate({ target: [mappings.organisationId, mappings.name], set: { columns } })
    .returning();
  ctx.record({ trail: organisation, kind: 'mapping.saved', body: { mapping: saved!.id, name, columns } });
  return { id: saved!.id, name, preset: false, columns };
});

/**
 * I09: a mapping fills values of a message. I10: it fills none of them twice, because the later column would hide the
 * earlier one.
 */
function mappingFindings(columns: ColumnMapping['columns']): Finding[] {
  const filled = new Map<string, string>();
  const common = { severity: 'error' as const, entry: null, mend: ['lead' as const, 'dataOwner' as const] };
  return columns.flatMap(({ column, path }): Finding[] => {
    if (!isValuePath(path)) return [{ ...common, rule: 'I09', key: 'mapping.element', params: { column, path } }];
    const place = path.replaceAll('/0/', '/');
    const other = filled.get(place);
    filled.set(place, column);
    return other === undefined ? [] : [{ ...common, rule: 'I10', key: 'mapping.twice', params: { column, other } }];
  });
}
