import * as Y from 'yjs';
import { judgeChanges } from '#shared/domain/document-policy.ts';
import { newDocument } from '#shared/domain/record-document.ts';
import { applyPart, copyOf } from '#server/documents/working-copy.ts';
import { quantile } from './measure.ts';

const by = { id: '0190a000-0000-7000-8000-000000000001', name: 'Writer' };
const actor = { id: by.id, admin: false, duties: ['lead' as const] };
const client = 7;
const comments = 50;
const batch = 50;
const batches = 101;

type Kind = 'tick' | 'character' | 'comment';

/** A document with fifty comments, and one person's next changes to it. */
function updatesOf(kind: Kind, count: number): { state: Uint8Array; updates: Uint8Array[] } {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, newDocument());
  doc.clientID = client;
  const at = new Date().toISOString();
  const comment = (body: Y.Text) =>
    new Y.Map<unknown>(Object.entries({ id: crypto.randomUUID(), by: by.id, at, body }));
  const bodies = Array.from({ length: comments }, () => new Y.Text('The masses are those of the production order.'));
  const said = Y.Array.from(bodies.map((body) => comment(body)));
  const thread = { about: 'record', openedBy: by.id, openedAt: at, resolved: null, comments: said };
  doc.getMap('threads').set('thread', new Y.Map<unknown>(Object.entries(thread)));
  const first = said.get(0) as Y.Map<unknown>;
  first.set('editedAt', at);
  const state = Y.encodeStateAsUpdate(doc);
  const updates: Uint8Array[] = [];
  doc.on('update', (update) => void updates.push(update));
  const item = doc.getMap<Y.Map<unknown>>('checklist').get('source')!;
  for (let n = 0; n < count; n++) {
    if (kind === 'tick') item.set('tick', item.get('tick') ? null : { by: by.id, at });
    else if (kind === 'character') bodies[0]!.insert(bodies[0]!.length, 'a');
    else said.push([comment(new Y.Text('The coupling was measured again.'))]);
  }
  doc.destroy();
  return { state, updates };
}

/** Microseconds per update: only applied with a listener, as on any server; and judged as on this one. */
export function judgingCost(kind: Kind): { applied: number; judged: number } {
  const { state, updates } = updatesOf(kind, batch);
  const owners = new Map([[client, by.id]]);
  const applied: number[] = [];
  const judged: number[] = [];
  for (let n = 0; n < batches; n++) {
    // A new document for every batch: its size stays constant.
    const plain = new Y.Doc();
    Y.applyUpdate(plain, state);
    let emitted = 0;
    plain.on('update', ({ byteLength }) => void (emitted += byteLength));
    applied.push(timed(() => updates.forEach((update) => Y.applyUpdate(plain, update))));
    plain.destroy();
    const copy = copyOf({ updates: [state], last: 0, rows: 0, owners });
    judged.push(
      timed(() => {
        for (const update of updates) {
          const answer = applyPart(copy, by, [update]);
          if (answer.state !== 'changed') throw new Error(`a ${kind} is ${answer.state}`);
          const finding = judgeChanges(answer.part.changes, actor, { stage: 'data' }, new Date());
          if (finding) throw new Error(`a ${kind} is against ${finding.rule}`);
        }
      }),
    );
    copy.doc.destroy();
    if (emitted === 0) throw new Error('nothing was applied');
  }
  return { applied: quantile(applied, 0.5), judged: quantile(judged, 0.5) };
}

function timed(run: () => void): number {
  const began = performance.now();
  run();
  return ((performance.now() - began) / batch) * 1000;
}
