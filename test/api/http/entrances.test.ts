import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { setDuties } from '#server/commands/people/set-duties.ts';
import { operations } from '#server/db/schema.ts';
import type { SetRefusal } from '#shared/contract/bulk.ts';
import type { Card } from '#shared/contract/record.ts';
import { ProblemError } from '#lib/api.ts';
import type { ApprovalContent } from '#shared/contract/approval.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import type { Finding, Verdict } from '#shared/contract/finding.ts';
import { nodesAt } from '#shared/domain/data-tree.ts';
import { defaultModel, stageKeys } from '#shared/domain/operating-model.ts';
import { ownership, type Permission } from '#shared/domain/ownership.ts';
import type { Duty } from '#shared/contract/duty.ts';
import { approvalPath } from '#shared/domain/rules/approval.ts';
import { categoryPath } from '#shared/domain/rules/entries.ts';
import { sampleApproval } from '#shared/domain/samples/approvals.ts';
import { vinPath } from '#shared/domain/rules/vin.ts';
import { invalidRecords as spoiltVehicles } from '#test/support/invalid-records.ts';
import type { Changes } from '#test/support/vehicles.ts';
import { by } from '#test/support/seed-organisation.ts';
import { useTestServer } from '#test/support/context.ts';
import { accept, move, readyRecord, stageBefore, untick, vehicle } from '#test/support/records.ts';
import { eventsOf, expectNoWrites } from '#test/support/writes.ts';

const ctx = useTestServer();

/** Violates exactly one rule in a record that would pass every gate. */
type Spoil = (card: Card) => Promise<unknown>;

const spoilt: Record<string, Spoil> = {
  R01: (card) => write(card, vinPath, card.vin!.slice(1)),
  R02: (card) => write(card, vinPath, card.vin!.replace('YV9', 'YVO')),
  R04b: (card) => write(card, vinPath, `${card.vin!.slice(0, 14)}A${card.vin!.slice(15)}`),
  R06: (card) => write(card, approvalPath, 'EC/2018/858/410'),
  R08: (card) => write(card, approvalPath, 'e4*2018/858*00411*99'),
  R09: (card) => write(card, 'CocDataGroup/Type', 'ZZ9'),
  R20: (card) => hangOn(card, { ranges: [{ entry: 'actualMass', min: null, max: 1, oneOf: null }] }),
  R44: async (card) => {
    const { users, server } = ctx;
    const scope = { scope: users.scope, person: users.lead.id };
    await setDuties(server.services, by(users.admin), { ...scope, from: ['lead'], to: ['lead', 'signatory'] });
    await assign(card, 'signatory', users.lead.id);
    await setDuties(server.services, by(users.admin), { ...scope, from: ['lead', 'signatory'], to: ['lead'] });
  },
  R55: (card) => hangOn(card, { categories: ['N1'] }),
  R50: (card) => write(card, 'CocDataGroup/MaximumSpeed', null),
  R51: (card) => write(card, 'CocDataGroup/MaximumSpeed', 'fast'),
  R52: (card) => write(card, categoryPath, 'Z9'),
  R53: (card) => write(card, 'CocDataGroup/Variant', ' padded '),
  P02: (card) => assign(card, 'dataOwner', null),
  P03: (card) => assign(card, 'reviewer', null),
  P04: async (card) => {
    const { users, server } = ctx;
    const scope = { scope: users.scope, person: users.dataOwner.id };
    await setDuties(server.services, by(users.admin), { ...scope, from: ['dataOwner'], to: ['dataOwner', 'reviewer'] });
    await assign(card, 'reviewer', users.dataOwner.id);
    await setDuties(server.services, by(users.admin), { ...scope, from: ['dataOwner', 'reviewer'], to: ['dataOwner'] });
  },
  P05: (card) => assign(card, 'signatory', null),
  P06: (card) => review(card, 'returned'),
  P07: async (card) => {
    // Typed by the reviewer and reverted: the review still applies to the present data, but the reviewer has edited it.
    const { users, server } = ctx;
    const scope = { scope: users.scope, person: users.reviewer.id };
    await setDuties(server.services, by(users.admin), { ...scope, from: ['reviewer'], to: ['lead', 'reviewer'] });
    await write(card, 'CocDataGroup/MaximumSpeed', '199', users.reviewer);
    await write(card, 'CocDataGroup/MaximumSpeed', '180', users.reviewer);
    await setDuties(server.services, by(users.admin), { ...scope, from: ['lead', 'reviewer'], to: ['reviewer'] });
  },
  P08: (card) => raise(card, 'review'),
  P09: (card) => raise(card, 'output'),
  P10: (card) => untick(ctx, card.id, 'data'),
  P11: async (card) => {
    await untick(ctx, card.id, 'review');
    await accept(ctx.users, card);
  },
  P12: (card) => untick(ctx, card.id, 'output'),
  P13: (card) => untick(ctx, card.id, 'signing'),
  P14: (card) => untick(ctx, card.id, 'delivery'),
};

/**
 * Rules that no record on the board can violate, because create and edit check them first; the tests of those verbs
 * cover them.
 */
const askedEarlier = {
  P01: 'create-records.test.ts',
  R03: 'create-records.test.ts',
  R05: 'change-rules.test.ts',
  P15: 'change-rules.test.ts',
  // They compare identities, which all records here share.
  P16: 'second-identity.test.ts',
  P17: 'second-identity.test.ts',
};

/** Requests that move a card. Return the refusal; null: moved. */
type Ask = (card: Card, to: StageKey) => Promise<Pick<SetRefusal, 'type' | 'findings'> | null>;

/** Drag and drop, the keyboard, the menu and API clients send the first; the bar of selected cards sends the second. */
const asks = {
  move: async ({ id, stage }, to) => {
    const ask = { params: { record: id }, body: { from: stage, to } };
    return ctx.users.lead.call('post /api/records/{record}/move', ask).then(
      () => null,
      (error: unknown) => {
        if (!(error instanceof ProblemError)) throw error;
        const { type, findings = [] } = error.problem;
        return { type: type as SetRefusal['type'], findings };
      },
    );
  },
  set: async ({ id, stage }, to) => {
    const { users } = ctx;
    const body = { to, records: [{ record: id, from: stage }] };
    const { results } = await users.lead.call(bulkMoves, { params: { scope: users.scope }, body });
    if (results.length !== 1) throw new Error(`One card was asked about, and ${results.length} were answered`);
    return results[0]!.refusal;
  },
} satisfies Record<string, Ask>;

const bulkMoves = 'post /api/scopes/{scope}/bulk/moves';

/** The ways to a stage, each with the request that passes. A violation is refused for all requests. */
const entrances: Record<string, { ask: Ask; approach: (card: Card, to: StageKey, spoil: Spoil) => Promise<Card> }> = {
  'one stage at a time': {
    ask: asks.move,
    approach: async (card, to, spoil) => {
      const before = stageBefore(to);
      const ready = before === card.stage ? card : (await move(ctx.users.lead, card, before)).card;
      await spoil(ready);
      return ready;
    },
  },
  'from intake at once, in a set': {
    ask: asks.set,
    approach: async (card, _to, spoil) => {
      await spoil(card);
      return card;
    },
  },
};

const gated = defaultModel.stages.flatMap(({ key, gate }) => gate.map((rule) => ({ key, rule, id: rule.id })));

/** Repairs the certificate violation of a record for the next rule. */
const standing = new Map<string, Card>();

async function spoiltAt(entrance: string, to: StageKey, id: string) {
  const { approach } = entrances[entrance]!;
  const spoil = spoilt[id];
  if (spoil) return { card: await approach(await readyRecord(ctx), to, spoil), speaking: [id], mend: async () => {} };
  const { kind, changes, rules } = spoiltVehicles.find((row) => row.rules.split(' ').includes(id))!;
  const key = `${entrance} ${to} ${kind}`;
  const whole = standing.get(key) ?? (await approach(await readyRecord(ctx, vehicle({}, kind)), to, async () => {}));
  standing.delete(key);
  const before = await edit(whole, changes);
  return {
    card: whole,
    speaking: rules.split(' ').sort(),
    mend: async (moved: boolean) => {
      if (moved) await move(ctx.users.lead, { ...whole, stage: to }, whole.stage, { reason: 'next' });
      await edit(whole, before);
      standing.set(key, whole);
    },
  };
}

describe.each(Object.keys(entrances))('%s', (entrance) => {
  test.each(gated.filter(({ id }) => !(id in askedEarlier)))(
    '[$id] is checked before $key',
    async ({ key, rule, id }) => {
      const { users, server } = ctx;
      // Data cannot be edited after its review, so a violation that needs an edit is made on the way.
      const way = id === 'P07' ? 'from intake at once, in a set' : entrance;
      const { card, speaking, mend } = await spoiltAt(way, key, id);
      const { answer: refusal, left } = await eventsOf(server.db, users.scope, () =>
        entrances[entrance]!.ask(card, key),
      );
      const findings = refusal?.findings ?? (left[0]!.body as { verdict: Verdict }).verdict.findings;
      expect(findings.find((finding) => finding.rule === id)).toMatchObject({ severity: rule.severity });
      // Another number, type or category also changes the match with the register.
      expect(rulesOf(findings).filter((one) => speaking.includes(one) || !register.includes(one))).toEqual(speaking);
      if (refusal) {
        expect(refusal.type).toBe('refused');
        expect(left).toEqual([]);
        const other = entrances[entrance]!.ask === asks.move ? asks.set : asks.move;
        // The answer of a bulk operation is stored, and nothing else.
        const kept = other === asks.set ? [operations] : [];
        await expectNoWrites(server.db, async () => expect(await other(card, key)).toEqual(refusal), kept);
      } else expect(rule.severity).not.toBe('error');
      await mend(refusal === null);
    },
  );
});

const register = ['R08', 'R09', 'R55'];
const rulesOf = (findings: readonly Finding[]) => [...new Set(findings.map(({ rule }) => rule))].sort();

test('a record that meets everything passes every gate in one move', async () => {
  const moved = await move(ctx.users.lead, await readyRecord(ctx), 'archive');
  expect(moved.card.stage).toBe('archive');
});

const leaving = stageKeys.slice(0, -1).map((stage) => {
  const act = `leave${stage[0]!.toUpperCase()}${stage.slice(1)}` as Permission;
  return { stage, line: ownership[act] as Partial<Record<Duty, string>>, to: stageKeys[stageKeys.indexOf(stage) + 1]! };
});

test.each(leaving)(
  '[O01] only the people named in the ownership table move cards out of $stage',
  async ({ stage, line, to }) => {
    const { users, server } = ctx;
    const standing = async () => {
      const ready = await readyRecord(ctx);
      return stage === 'intake' ? ready : (await move(users.lead, ready, stage)).card;
    };
    const duties = ['lead', 'dataOwner', 'reviewer', 'outputPreparer', 'signatory', 'observer'] as const;
    const card = await standing();
    await expectNoWrites(server.db, async () => {
      for (const person of [...duties.filter((duty) => !line[duty]).map((duty) => users[duty]), users.admin]) {
        const problem = await person.refused('post /api/records/{record}/move', {
          params: { record: card.id },
          body: { from: stage, to },
        });
        expect(problem).toMatchObject({ status: 403, type: 'forbidden', findings: [{ rule: 'O01' }] });
      }
    });
    for (const duty of duties.filter((one) => line[one])) {
      expect((await move(users[duty], await standing(), to)).card.stage).toBe(to);
    }
  },
);

test('every rule of every gate has a row here', () => {
  const inTable = spoiltVehicles.flatMap(({ rules }) => rules.split(' '));
  expect([...new Set([...Object.keys(spoilt), ...Object.keys(askedEarlier), ...inTable])].sort()).toEqual(
    [...new Set(gated.map(({ id }) => id))].sort(),
  );
});

test('an API test names every ownership row and every refusal of a verb', () => {
  const root = new URL('../../..', import.meta.url);
  const read = (folder: string) =>
    readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(new URL(`${folder}/${name}`, root), 'utf8'))
      .join('\n');
  const ids = (text: string, pattern: RegExp) => new Set([...text.matchAll(pattern)].map(([, id]) => id!));
  const said = ids(
    ['ownership.ts', 'waivers.ts'].reduce(
      (text, file) => text + readFileSync(new URL(`shared/domain/${file}`, root), 'utf8'),
      read('server/commands'),
    ),
    /'([OM]\d\d)'/g,
  );
  const tested = ids(read('test/api'), /\[([A-Z]\d\d)\]/g);
  expect([...said, ...Object.keys(askedEarlier)].filter((id) => !tested.has(id))).toEqual([]);
  expect(said.size).toBeGreaterThan(8);
});

let extensions = 10;

/** Registers an approval that differs in one property, and references it in the record. */
async function hangOn(card: Card, changes: Partial<ApprovalContent>): Promise<void> {
  const { users } = ctx;
  const { data } = await users.lead.call('get /api/records/{record}', { params: { record: card.id } });
  const number = `e4*2018/858*00411*${extensions++}`;
  await users.lead.call('post /api/organisations/{organisation}/approvals', {
    params: { organisation: users.organisation },
    body: { ...sampleApproval(data), ...changes, number },
  });
  await write(card, approvalPath, number);
}

const write = (card: Card, path: string, to: string | null, editor = ctx.users.dataOwner) =>
  edit(card, { [path]: to }, editor);

/** Changes data and returns the previous values. */
async function edit(card: Card, changes: Changes, editor = ctx.users.dataOwner): Promise<Changes> {
  const { data } = await editor.call('get /api/records/{record}', { params: { record: card.id } });
  const edits = Object.entries(changes).map(([path, to]) => ({ path, from: nodesAt(data, path)[0] ?? null, to }));
  await editor.call('post /api/records/{record}/edits', { params: { record: card.id }, body: { edits } });
  return Object.fromEntries(edits.map(({ path, from }) => [path, from]));
}

const assign = (card: Card, duty: 'dataOwner' | 'reviewer' | 'signatory', to: string | null) =>
  ctx.users.lead.call('post /api/records/{record}/duties', {
    params: { record: card.id },
    body: { duty, from: ctx.users[duty].id, to },
  });

const raise = (card: Card, blocks: StageKey) =>
  ctx.users.lead.call('post /api/records/{record}/exceptions', {
    params: { record: card.id },
    body: { kind: 'other', cause: 'axle report missing', waitingFor: null, blocks, owner: null, until: null },
  });

const review = (card: Card, outcome: 'returned') =>
  ctx.users.reviewer.call('post /api/records/{record}/reviews', {
    params: { record: card.id },
    body: { revision: 1, outcome, reasons: [{ entry: null, text: 'see the order' }], note: null },
  });
