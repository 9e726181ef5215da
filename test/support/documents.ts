import { afterEach } from 'vitest';
import * as Y from 'yjs';
import { readDocument } from '#server/db/documents.ts';
import type { Client } from './client.ts';
import type { TestContext } from './context.ts';
import { openDocument, synced, type TestReader } from './reader.ts';

/** Opens documents of the fixture's server and closes them after each test. */
export function documentsOf(ctx: TestContext) {
  const readers: TestReader[] = [];
  const closeAll = () => readers.splice(0).forEach((reader) => reader.close());
  afterEach(closeAll);

  const connect = (
    record: string,
    { cookie }: Pick<Client, 'cookie'>,
    url = ctx.server.url,
    person?: string,
  ): TestReader => {
    const reader = openDocument(url, record, cookie, person);
    readers.push(reader);
    return reader;
  };
  return {
    connect,
    closeAll,
    /** Resolves once it is connected and synced. */
    async open(record: string, client: Client, url?: string): Promise<TestReader> {
      const reader = connect(record, client, url);
      await synced(reader);
      return reader;
    },
    /** The document in the database. */
    async stored(record: string): Promise<Y.Doc> {
      const doc = new Y.Doc();
      Y.applyUpdate(doc, (await readDocument(ctx.server.db, record))!.state);
      return doc;
    },
  };
}

/** The content of a document visible to people, for comparing two documents. */
export const content = (doc: Y.Doc) => [doc.getMap('checklist').toJSON(), doc.getMap('threads').toJSON()];

export const tickIn = (doc: Y.Doc, id: string) => doc.getMap<Y.Map<unknown>>('checklist').get(id)!.get('tick');
