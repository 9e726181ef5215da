import { z } from 'zod';
import { Absence } from './absence.ts';
import { Duty } from './duty.ts';
import { Id, Moment } from './id.ts';
import { issue } from './issue-key.ts';

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
  email: z.string().nullable().describe('Only for those who manage people, and of oneself'),
  linkFrom: z
    .string()
    .nullable()
    .describe('Who handed them the link they joined by, where no mail proved that the address is theirs'),
  admin: z.boolean(),
  duties: z.array(Duty),
  absences: z.array(Absence).describe('Those that are not over, the earliest first'),
});
export type ScopePerson = z.infer<typeof ScopePerson>;

/**
 * Control characters, line separators, zero-width spaces and the marks that turn the direction of the text around them:
 * a name with one of them can pass for another on a screen.
 */
const deceptive = /[\p{Cc}\u200B\u2028\u2029\u202A-\u202E\u2060-\u2069\uFEFF]/u;
const visible = /[\p{L}\p{N}\p{S}]/u;

/** A name that others read: of a person or an organisation. */
const shownName = (most: number) =>
  z
    .string()
    .trim()
    .normalize()
    .min(1, { abort: true })
    .max(most)
    .refine((name) => !deceptive.test(name), issue('name.control'))
    .refine((name) => visible.test(name), issue('name.noLetter'));

export const PersonName = shownName(100);
export const OrganisationName = shownName(120);
export const EmailAddress = z.email().max(254);
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
  mailed: z.boolean().describe('The link went to the address by mail; otherwise it was handed over'),
  opens: z.boolean().describe('Its link still works: it is not over, and whoever invited may still do so'),
});
export type Invitation = z.infer<typeof Invitation>;

/** What the holder of an invitation link sees before accepting. */
export const InvitationPreview = z.object({
  organisation: z.string(),
  email: z.string(),
  invitedBy: z.string(),
  known: z.boolean().describe('The e-mail already belongs to a person, who has to sign in to accept'),
});
