import type { z } from 'zod';
import type { Finding } from '#shared/contract/finding.ts';
import type { ColumnMapping, NewColumnMapping } from '#shared/contract/import.ts';
import { isValuePath } from '#shared/domain/catalogue/value-path.ts';
import { mayAct } from '#shared/domain/ownership.ts';
import { actorInOrganisation } from '#server/db/access.ts';
import { mappings } from '#server/db/schema.ts';
import { command } from './command.ts';
import { allow, NotFound, Refused } from './errors.ts';

type Input = z.infer<typeof NewColumnMapping> & { organisation: string };

/**
 * Saves a column mapping under its name; the same name again replaces it. Throws NotFound, Forbidden for who may create
 * records in no scope of the organisation, and Refused where a column would fill no entry or two would fill the same.
 */
export const saveMapping = command('save-mapping', async (act, input: Input): Promise<ColumnMapping> => {
  const { organisation, name, columns } = input;
  const actor = act.actor && (await actorInOrganisation(act.tx, act.actor.id, organisation));
  if (!actor) throw new NotFound('organisation');
  allow(mayAct('createRecords', actor));
  const findings = troubleOf(columns);
  if (findings.length > 0) throw new Refused(findings);
  const [saved] = await act.tx
    .insert(mappings)
    .values({ organisationId: organisation, name, columns })
    .onConflictDoUpdate({ target: [mappings.organisationId, mappings.name], set: { columns } })
    .returning();
  act.record({ trail: organisation, kind: 'mapping.saved', body: { mapping: saved!.id, name, columns } });
  return { id: saved!.id, name, preset: false, columns };
});

/** I09: a mapping fills values of a message. I10: none of them twice, because the later column would hide the earlier. */
function troubleOf(columns: ColumnMapping['columns']): Finding[] {
  const filled = new Map<string, string>();
  const said = { severity: 'error' as const, entry: null, mend: ['lead' as const, 'dataOwner' as const] };
  return columns.flatMap(({ column, path }): Finding[] => {
    if (!isValuePath(path)) return [{ ...said, rule: 'I09', key: 'mapping.element', params: { column, path } }];
    const place = path.replaceAll('/0/', '/');
    const other = filled.get(place);
    filled.set(place, column);
    return other === undefined ? [] : [{ ...said, rule: 'I10', key: 'mapping.twice', params: { column, other } }];
  });
}
