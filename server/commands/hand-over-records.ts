import type { z } from 'zod';
import type { SetHandOver } from '#shared/contract/bulk.ts';
import type { Call, Services } from './command.ts';
import { eachRecord, namedIn } from './each-record.ts';
import { handOver } from './hand-over.ts';

type Input = z.infer<typeof SetHandOver> & { scope: string };
type Item = Parameters<typeof handOver>[2] & { reference: string | null };

const handOverEach = eachRecord('hand-over-records', (services, call, { reference: _, ...item }: Item) =>
  handOver(services, call, item),
);

/** Gives the next action of a set of records to one person, each by `handOver`. Throws NotFound where there is no such scope. */
export async function handOverRecords(services: Services, call: Call, { scope, records, to, what, due }: Input) {
  const items = await namedIn(services, call, scope, records);
  return handOverEach(
    services,
    call,
    items.map((item) => ({ ...item, to, what, due })),
  );
}
