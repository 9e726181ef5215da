import { z } from 'zod';
import { Absence, AbsentDays } from '../absence.ts';
import { Duty } from '../duty.ts';
import { Id } from '../id.ts';
import {
  EmailAddress,
  Invitation,
  InvitationPreview,
  OrganisationName,
  Password,
  PersonName,
  ScopePerson,
  Self,
} from '../person.ts';
import { TimeZone } from '../time-zone.ts';
import { route } from './route.ts';

/** Token of an invitation link; the product's own tokens have 43 characters. */
const Token = z.string().max(100);
const Duties = z.array(Duty).max(Duty.options.length);
const successor = Id.nullable().default(null);

export const getSelf = route({
  method: 'get',
  path: '/api/self',
  summary: 'Who am I, and where do I belong?',
  answer: Self,
});

export const changeName = route({
  method: 'put',
  path: '/api/self/name',
  summary: 'Change my name',
  write: true,
  body: z.object({
    from: z.string().max(1_000_000).describe('As the caller saw it; it may be from before names had a limit'),
    to: PersonName,
  }),
  answer: z.object({ name: z.string() }),
});

export const getDemo = route({
  method: 'get',
  path: '/api/demo',
  summary: 'Who can sign in to the demo; there is no such address elsewhere',
  open: true,
  answer: z.object({
    password: z.string(),
    people: z.array(z.object({ id: Id, name: z.string(), email: z.string(), duty: Duty })),
  }),
});

export const getSetupState = route({
  method: 'get',
  path: '/api/setup',
  summary: 'Does this board still wait for its first administrator?',
  open: true,
  answer: z.object({ waiting: z.boolean() }),
});

export const getSetup = route({
  method: 'get',
  path: '/api/setup/{token}',
  summary: 'Does this one-time link still create the first administrator?',
  open: true,
  params: z.object({ token: Token }),
  answer: z.object({ usable: z.boolean() }),
});

export const createOrganisation = route({
  method: 'post',
  path: '/api/setup/{token}',
  summary: 'Create the organisation and its first administrator, once, through the link printed at start',
  write: true,
  open: true,
  params: z.object({ token: Token }),
  body: z.object({
    organisation: OrganisationName,
    timeZone: TimeZone.default('UTC'),
    name: PersonName,
    email: EmailAddress,
    password: Password,
  }),
  answer: z.object({ organisation: Id, person: Id }),
});

export const setTimeZone = route({
  method: 'put',
  path: '/api/organisations/{organisation}/time-zone',
  summary: 'Say whose calendar the organisation goes by: due, absent, ended, overdue',
  write: true,
  params: z.object({ organisation: Id }),
  body: z.object({ from: TimeZone.describe('As the caller saw it'), to: TimeZone }),
  answer: z.object({ timeZone: TimeZone }),
});

export const listPeople = route({
  method: 'get',
  path: '/api/organisations/{organisation}/people',
  summary: 'The members of an organisation',
  params: z.object({ organisation: Id }),
  answer: z.object({ people: z.array(ScopePerson.omit({ duties: true, absences: true })) }),
});

export const removePerson = route({
  method: 'delete',
  path: '/api/organisations/{organisation}/people/{person}',
  summary: 'End a membership, with every duty that belongs to it; the open work is handed over',
  write: true,
  params: z.object({ organisation: Id, person: Id }),
  body: z
    .object({ successor: successor.describe('Who gets the open work that they may have; null: nobody') })
    .nullable(),
  answer: z.object({ person: Id }),
});

export const recordAbsence = route({
  method: 'post',
  path: '/api/organisations/{organisation}/people/{person}/absences',
  summary: 'Say on which days a member is away; others than oneself: a lead or an administrator',
  write: true,
  params: z.object({ organisation: Id, person: Id }),
  body: AbsentDays,
  answer: z.object({ absence: Absence }),
});

export const removeAbsence = route({
  method: 'delete',
  path: '/api/organisations/{organisation}/people/{person}/absences/{absence}',
  summary: 'Take an absence away',
  write: true,
  params: z.object({ organisation: Id, person: Id, absence: Id }),
  answer: z.object({ absence: Id }),
});

export const listInvitations = route({
  method: 'get',
  path: '/api/organisations/{organisation}/invitations',
  summary: 'Invitations that the caller may make and revoke, the open ones first',
  params: z.object({ organisation: Id }),
  answer: z.object({ invitations: z.array(Invitation) }),
});

export const invitePerson = route({
  method: 'post',
  path: '/api/organisations/{organisation}/invitations',
  summary: 'Invite somebody: the link goes out by mail where the board sends mail, else it is shown this once',
  write: true,
  params: z.object({ organisation: Id }),
  body: z.object({
    email: EmailAddress,
    admin: z.boolean().default(false),
    scope: Id.nullable().default(null),
    duties: Duties.default([]),
  }),
  answer: z.object({ invitation: Invitation, link: z.string().nullable().describe('null: it went out by mail') }),
});

export const revokeInvitation = route({
  method: 'delete',
  path: '/api/organisations/{organisation}/invitations/{invitation}',
  summary: 'Revoke an invitation that was not accepted yet: its link opens nothing any more',
  write: true,
  params: z.object({ organisation: Id, invitation: Id }),
  answer: z.object({ invitation: Id }),
});

export const previewInvitation = route({
  method: 'get',
  path: '/api/invitations/{token}',
  summary: 'Who invites whom, before accepting',
  open: true,
  params: z.object({ token: Token }),
  answer: InvitationPreview,
});

export const acceptInvitation = route({
  method: 'post',
  path: '/api/invitations/{token}',
  summary: 'Join the organisation: a new person sets name and password, a known one is signed in',
  write: true,
  open: true,
  params: z.object({ token: Token }),
  body: z.object({ name: PersonName, password: Password }).nullable(),
  answer: z.object({ organisation: Id, person: Id }),
});

export const setDuties = route({
  method: 'put',
  path: '/api/scopes/{scope}/people/{person}/duties',
  summary: 'Say which duties a member may be given in a scope; an empty list takes them off it',
  write: true,
  params: z.object({ scope: Id, person: Id }),
  body: z.object({
    from: Duties.describe('As the caller saw them'),
    to: Duties,
    successor: successor.describe('With an empty list: who gets the open work that they may have; null: nobody'),
  }),
  answer: z.object({ duties: z.array(Duty) }),
});
