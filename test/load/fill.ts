import { makeSignature } from 'better-auth/crypto';
import { sampleVehicle } from '#shared/domain/samples/vehicle.ts';
import type { Person } from '#shared/contract/person.ts';
import type { Services } from '#server/commands/command.ts';
import { createOrganisation } from '#server/commands/people/create-organisation.ts';
import { createRecords } from '#server/commands/records/create.ts';
import { registerApproval } from '#server/commands/approvals/register.ts';
import { sampleApproval, sampleApprovals } from '#shared/domain/samples/approvals.ts';
import { createScope } from '#server/commands/scopes/create.ts';
import type { Db } from '#server/db/driver/client.ts';
import { sessions } from '#server/db/schema.ts';

export interface Filled {
  organisation: string;
  scope: string;
  /** The founder, who leads the scope. */
  founder: Person;
  cookie: string;
  /** An approval that a fifth of the records reference. */
  approval: string;
  /** Records per second through the creating command. */
  importRate: number;
}

const chunk = 200;

/** Creates an organisation and its records through the commands, as an import does. */
export async function fill(db: Db, secret: string, records: number): Promise<Filled> {
  const services: Services = {
    db,
    now: () => new Date(),
    publish: () => {},
    tell: () => {},
    documentHolds: async () => true,
  };
  const founder = { name: 'Bench', email: 'bench@bench.example', password: 'a password of the bench' };
  const { organisation, person } = await createOrganisation(
    services,
    { actor: null, operation: null },
    { organisation: 'Bench', ...founder },
  );
  const lead = { id: person, name: founder.name };
  const by = { actor: lead, operation: null };
  const { scope } = await createScope(services, by, { organisation, name: 'Bench', prefix: 'BN' });
  const { number } = sampleApproval(sampleVehicle({ number: 1 }));
  let approval = '';
  for (const sample of sampleApprovals()) {
    const { id } = await registerApproval(services, by, { organisation, ...sample });
    if (sample.number === number) approval = id;
  }
  const began = performance.now();
  for (let from = 0; from < records; from += chunk) {
    const drafts = Array.from({ length: Math.min(chunk, records - from) }, (_, index) => ({
      data: sampleVehicle({ number: from + index }),
      source: { kind: 'import' as const, file: 'bench', row: from + index },
      sourceKey: null,
    }));
    await createRecords(services, by, { scope, drafts });
  }
  const importRate = (records / (performance.now() - began)) * 1000;
  return { organisation, scope, founder: lead, cookie: await sessionOf(db, secret, person), approval, importRate };
}

/** Returns the cookie of a new session. */
export async function sessionOf(db: Db, secret: string, person: string): Promise<string> {
  const token = crypto.randomUUID();
  await db.insert(sessions).values({ token, userId: person, expiresAt: new Date(Date.now() + 86_400_000) });
  return `ecoc.session_token=${encodeURIComponent(`${token}.${await makeSignature(token, secret)}`)}`;
}
