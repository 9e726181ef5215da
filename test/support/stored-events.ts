import { readFileSync } from 'node:fs';
import type { EventFact } from '#shared/contract/event.ts';
import type { EventRow } from '#server/db/trail.ts';

const { rows, bodies } = JSON.parse(readFileSync(new URL('stored-events.json', import.meta.url), 'utf8')) as {
  rows: (Omit<EventRow, 'at'> & { at: string })[];
  bodies: EventFact[];
};

/** Whole rows of a trail, as the demo of an earlier version stored them: one of each kind and set of keys. */
export const storedRows: EventRow[] = rows.map((row) => ({ ...row, at: new Date(row.at) }));

/** Every kind of event in every form in which a command stored it before events had schemas. */
export const storedFacts: EventFact[] = [...rows.map(({ kind, body }) => ({ kind, body }) as EventFact), ...bodies];
