import { z } from 'zod';
import { Absence } from './absence.ts';
import { Duty } from './duty.ts';
import { Id, Moment } from './id.ts';

export const Person = z.object({ id: Id, name: z.string() });
export type Person = z.infer<typeof Person>;

export const Membership = z.object({
  organisation: z.object({ id: Id, name: z.string() }),
  admin: z.boolean(),
  leads: z.boolean().describe('Holds the duty lead in some scope of it'),
});

/** Who the caller is and where they belong. */
export const Self = z.object({
  id: Id,
  name: z.string(),
  email: z.string(),
  memberships: z.array(Membership),
});
export type Self = z.infer<typeof Self>;

/** A person of a scope with the duties they may be given there. */
export const ScopePerson = Person.extend({
  email: z.string(),
  admin: z.boolean(),
  duties: z.array(Duty),
  absences: z.array(Absence).describe('Those that are not over, the earliest first'),
});
export type ScopePerson = z.infer<typeof ScopePerson>;

export const PersonName = z.string().trim().min(1).max(100);
export const Password = z.string().min(10).max(128);

export const Invitation = z.object({
  id: Id,
  email: z.email(),
  admin: z.boolean(),
  scope: z.object({ id: Id, name: z.string() }).nullable(),
  duties: z.array(Duty),
  invitedBy: Person,
  expiresAt: Moment,
  acceptedAt: Moment.nullable(),
});
export type Invitation = z.infer<typeof Invitation>;

/** What the holder of an invitation link sees before accepting. */
export const InvitationPreview = z.object({
  organisation: z.string(),
  email: z.string(),
  invitedBy: z.string(),
  known: z.boolean().describe('The e-mail already belongs to a person, who has to sign in to accept'),
});
