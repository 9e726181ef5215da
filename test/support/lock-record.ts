import { lockRecord } from '#server/db/records.ts';
import type { TestContext } from './context.ts';

/** Locks a record's row, like a long command, until the returned function is called. */
export async function lockRecordInTest({ server }: TestContext, record: string): Promise<() => Promise<void>> {
  let release!: () => void;
  const released = new Promise<void>((resolve) => (release = resolve));
  let held!: () => void;
  const holding = new Promise<void>((resolve) => (held = resolve));
  const transaction = server.db.transaction(async (tx) => {
    await lockRecord(tx, record);
    held();
    await released;
  });
  await holding;
  return async () => {
    release();
    await transaction;
  };
}
