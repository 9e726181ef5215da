import type { WebSocket } from 'ws';
import { closeCodes } from '#shared/contract/document.ts';
import type { Actor } from '#shared/domain/ownership.ts';
import type { Db } from '#server/db/driver/client.ts';
import { actorsOn, newestNumbers } from '#server/db/documents.ts';
import type { CatchUp } from '#server/cluster/catch-up.ts';

/** A socket connected to a document. */
export interface DocumentSocket {
  record: string;
  person: string;
  /** The person's rights when the socket connected; null: they are still being read. */
  rights: string | null;
}

interface Watched {
  db: Db;
  catchUp: CatchUp;
  visits: ReadonlyMap<WebSocket, DocumentSocket>;
  /** The records whose documents are open. */
  open(): string[];
  /** Called with the newest committed number of a document. */
  onRemoteHead(record: string, last: number): void;
}

export const rightsOf = ({ admin, duties }: Actor): string => `${admin} ${[...duties].sort().join()}`;

/**
 * Polls for commits of other processes that the message bus did not deliver: newer updates of open documents, and
 * changed rights. Uses two queries, however many documents are open.
 */
export function catchUpDocuments({ db, catchUp, visits, open, onRemoteHead }: Watched): void {
  async function look(): Promise<void> {
    const records = open();
    if (records.length > 0) for (const [record, last] of await newestNumbers(db, records)) onRemoteHead(record, last);
    const there = [...visits].filter(([, { rights }]) => rights !== null);
    if (there.length === 0) return;
    const actors = await actorsOn(
      db,
      there.map(([, { record, person }]) => ({ record, person })),
    );
    for (const [socket, { record, person, rights }] of there) {
      const actor = actors.get(`${record} ${person}`);
      if (!actor || rightsOf(actor) !== rights) socket.close(closeCodes.accessChanged);
    }
  }

  catchUp.watch('catching up with what is stored of documents', look);
}
