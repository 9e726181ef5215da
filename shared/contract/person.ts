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

/** The caller and their memberships. */
export const Self = z.object({
  id: Id,
  name: z.string(),
  email: z.string(),
  memberships: z.array(Membership),
});
export type Self = z.infer<typeof Self>;

/** A person of a scope and the duties that they hold there. */
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
 * Control characters, line separators, zero-width characters, marks that change the direction of the surrounding text,
 * and stacks of accents. A name with one of them can pass for a different name or cover the text around it. The joiners
 * of scripts and emoji are allowed, as is the variation selector after an emoji.
 */
const deceptive =
  /[\p{Cc}\u00AD\u061C\u115F\u1160\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF9-\uFFFB\u{E0000}-\u{E007F}]|\u034F|[\uFE00-\uFE0E]|[\u{E0100}-\u{E01EF}]|(?<!\p{Emoji})\uFE0F|\p{M}{5}/u;
const visible = /[\p{L}\p{N}\p{S}]/u;

/** A name that other people see: of a person, an organisation or a scope. */
export const shownName = (most: number) =>
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

/** What the recipient of an invitation link sees before accepting. */
export const InvitationPreview = z.object({
  organisation: z.string(),
  email: z.string(),
  invitedBy: z.string(),
  known: z.boolean().describe('The e-mail already belongs to a person, who has to sign in to accept'),
});
