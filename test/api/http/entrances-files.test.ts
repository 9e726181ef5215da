import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { createRecords } from '#server/commands/records/create.ts';
import { setDuties } from '#server/commands/people/set-duties.ts';
import { records } from '#server/db/schema.ts';
import type { Finding } from '#shared/contract/finding.ts';
import type { DataTree, RecordDetail } from '#shared/contract/record.ts';
import { dataTooLarge } from '#shared/domain/data-size.ts';
import { textAt } from '#shared/domain/data-tree.ts';
import { defaultModel } from '#shared/domain/operating-model.ts';
import { approvalPath } from '#shared/domain/rules/approval.ts';
import { categoryPath } from '#shared/domain/rules/entries.ts';
import { vinPath } from '#shared/domain/rules/vin.ts';
import { signedIn, type Client } from '#test/support/client.ts';
import { freshEmail } from '#test/support/invitation.ts';
import { addMember, by } from '#test/support/seed-organisation.ts';
import { useTestServer } from '#test/support/context.ts';
import { applied, uploaded } from '#test/support/import.ts';
import { iviMessage } from '#test/support/ivi-message.ts';
import { newRecord, vehicle } from '#test/support/records.ts';
import { invalidRecords } from '#test/support/invalid-records.ts';
import { vehicleOf, type Changes, type VehicleKind } from '#test/support/vehicles.ts';

/** On this day, the dates of the invalid vehicles are past or future as intended. */
const ctx = useTestServer({ now: () => new Date('2026-11-24T10:00:00Z') });

const gates = defaultModel.stages.flatMap(({ key, gate }) => gate.map((rule) => ({ key, id: rule.id, rule })));

/** Possible violations in a file. Data that no record may hold (M38) is refused before any gate. */
const inFiles: [rules: string, what: string, kind: VehicleKind, changes: Changes][] = [
  ['R01', 'a VIN that is too short', 'pure electric car', { [vinPath]: 'YV9ECBB1X' }],
  ['R02', 'a VIN with an O', 'pure electric car', { [vinPath]: 'YVOECBB1XTT900001' }],
  ['R04b', 'a letter among the last signs of a VIN', 'pure electric car', { [vinPath]: 'YV9ECBB1XTT900A01' }],
  ['R06', 'a number that is no approval', 'pure electric car', { [approvalPath]: 'EC/2018/858/410' }],
  ['R08', 'an approval nobody registered', 'pure electric car', { [approvalPath]: 'e4*2018/858*00411*99' }],
  ['R09', 'a type that the approval does not name', 'pure electric car', { 'CocDataGroup/Type': 'ZZ9' }],
  ['R50', 'no maximum speed', 'pure electric car', { 'CocDataGroup/MaximumSpeed': null }],
  ['R51', 'a maximum speed in words', 'pure electric car', { 'CocDataGroup/MaximumSpeed': 'fast' }],
  ['R52', 'a category there is not', 'pure electric car', { [categoryPath]: 'Z9' }],
  ['R53', 'a padded variant', 'pure electric car', { 'CocDataGroup/Variant': ' padded ' }],
  ...invalidRecords
    .filter(({ kind, changes }) => dataTooLarge(vehicleOf(kind, changes)) === null)
    .map(({ rules, what, kind, changes }): (typeof inFiles)[number] => [rules, what, kind, changes]),
];

/** A person may upload some tens of files at once; after that many, another lead goes on. */
const filesPerLead = 30;
let files = 0;
let importer: Client;
async function nextImporter(): Promise<Client> {
  const { users, server } = ctx;
  if (files++ % filesPerLead > 0) return importer;
  const { id, name } = await addMember(server.services, users.organisation, 'Imke Port', freshEmail());
  await setDuties(server.services, by(users.admin), { scope: users.scope, person: id, from: [], to: ['lead'] });
  return (importer = await signedIn(server, { id, name }));
}

/** The vehicle that the table speaks of, with a VIN that no other record has. */
function spoiltOne(kind: VehicleKind, changes: Changes): DataTree {
  const vin = textAt(vehicle({}, kind), vinPath);
  return vehicleOf(kind, { ...(vin && { [vinPath]: vin }), ...changes });
}

describe.each(inFiles)('%s in a file: %s', (rules, _what, kind, changes) => {
  test('an imported record has the same gate verdicts as a typed one (fault D15)', async () => {
    const { users } = ctx;
    const person = await nextImporter();
    const before = await inIntake();
    const dry = await uploaded(person, users.scope, iviMessage(spoiltOne(kind, changes)));
    expect(dry.rows).toMatchObject({ total: 1, good: 1 });
    const { rows } = await users.lead.call('get /api/imports/{import}/rows', { params: { import: dry.id }, query: {} });
    await applied(person, dry);
    const made = (await inIntake()).filter((id) => !before.includes(id));
    expect(made).toHaveLength(1);
    const imported = await detail(made[0]!);
    // VINs are unique: if the VIN is the invalid value, the first record gives it up.
    const vin = changes[vinPath];
    if (vin) {
      const edits = [{ path: vinPath, from: vin, to: null }];
      await users.lead.call('post /api/records/{record}/edits', { params: { record: made[0]! }, body: { edits } });
    }
    const typed = await detail((await newRecord(users, spoiltOne(kind, changes), users.lead)).id);
    const asked = (record: RecordDetail) => record.verdicts.map(({ findings }) => rulesOf(findings));
    expect(asked(imported)).toEqual(asked(typed));
    for (const id of rules.split(' ')) {
      const { key, rule } = gates.find((one) => one.id === id)!;
      const { findings } = imported.verdicts.find(({ stage }) => stage === key)!;
      expect(findings.find((one) => one.rule === id)).toMatchObject({ severity: rule.severity });
      // The dry run counts missing entries and lists all other findings of the gates up to review.
      const listed = ['data', 'review'].includes(key) && id !== 'R50';
      expect(rows[0]!.findings.find((one) => one.rule === id)?.severity).toBe(listed ? rule.severity : undefined);
    }
  });
});

test('an imported record is judged like a typed one', async () => {
  const { users, server } = ctx;
  const typed = await newRecord(users);
  const { data } = await detail(typed.id);
  const copy = { ...data, CocDataGroup: { ...(data['CocDataGroup'] as object), StageOfCompletion: 'I' } };
  const { created } = await createRecords(server.services, by(users.lead), {
    scope: users.scope,
    drafts: [{ data: copy, source: { kind: 'import', file: 'a.xml', row: 1 }, sourceKey: null }],
  });
  const imported = created[0]!.state === 'created' ? created[0]!.card : null;
  expect(imported!.gates[1]).toEqual(typed.gates[1]);
});

const rulesOf = (findings: readonly Finding[]) => [...new Set(findings.map(({ rule }) => rule))].sort();

const inIntake = async () =>
  (await ctx.server.db.select({ id: records.id }).from(records).where(eq(records.stage, 'intake'))).map(({ id }) => id);

const detail = (record: string) => ctx.users.lead.call('get /api/records/{record}', { params: { record } });
