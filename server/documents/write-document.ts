import * as Y from 'yjs';
import type { Person } from '#shared/contract/person.ts';
import type { Services } from '#server/commands/command.ts';
import { NotFound, Refused } from '#server/commands/errors.ts';
import { saveDocuments, type DocumentSaved } from '#server/commands/documents/save.ts';
import { readDocument } from '#server/db/documents.ts';
import { applyPart, copyOf } from './working-copy.ts';

/**
 * Changes a record's document on behalf of a person, with the same validation, policy and command as an edit on a page.
 * Throws Refused with the finding, and NotFound.
 */
export async function writeDocument(
  services: Services,
  person: Person,
  record: string,
  change: (doc: Y.Doc) => void,
): Promise<void> {
  for (;;) {
    const stored = await readDocument(services.db, record);
    if (!stored) throw new NotFound('record');
    const draft = new Y.Doc();
    Y.applyUpdate(draft, stored.state);
    const before = Y.encodeStateVector(draft);
    change(draft);
    const applied = applyPart(copyOf(stored), person, [Y.encodeStateAsUpdate(draft, before)]);
    if (applied.state === 'unchanged') return;
    if (applied.state === 'refused') throw new Refused([applied.finding]);
    const save = { record, base: stored.last, parts: [applied.part] };
    const [saved] = (await saveDocuments(
      services,
      { actor: null, operation: null },
      { saves: [save], wait: true },
    )) as [DocumentSaved];
    if (saved.state === 'saved') return;
    if (saved.state !== 'refused') continue;
    throw saved.finding ? new Refused([saved.finding]) : new NotFound('record');
  }
}
