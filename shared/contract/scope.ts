import { z } from 'zod';
import { Duty } from './duty.ts';
import { Id } from './id.ts';
import { TimeZone } from './time-zone.ts';
import { StageKey } from './stage.ts';
import { Person, ScopePerson, shownName } from './person.ts';
import { issue } from './issue-key.ts';

export const ScopeState = z.enum(['pilot', 'live', 'closed']);
export type ScopeState = z.infer<typeof ScopeState>;

export const ScopeSummary = z.object({
  id: Id,
  name: z.string(),
  prefix: z.string().describe('Opens every reference of the scope: PT in PT-1042'),
  state: ScopeState,
  organisation: z.object({
    id: Id,
    name: z.string(),
    timeZone: TimeZone.describe('Its calendar says what day it is: due, absent, ended, overdue'),
  }),
  records: z.int(),
});
export type ScopeSummary = z.infer<typeof ScopeSummary>;

export const NewScope = z.object({
  name: shownName(80),
  prefix: z
    .string()
    .trim()
    .regex(/^[A-Z][A-Z0-9]{1,5}$/, issue('prefix.form')),
});

/** A scope as the signed-in person sees it: its members, and the person's own permissions. */
export const Scope = ScopeSummary.extend({
  people: z.array(ScopePerson),
  former: z.array(Person).describe('Who held a duty here once and holds none now'),
  own: z.object({ admin: z.boolean(), duties: z.array(Duty) }),
  stages: z.array(z.object({ key: StageKey, owner: Duty })),
});
export type Scope = z.infer<typeof Scope>;
