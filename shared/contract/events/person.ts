import { z } from 'zod';
import { Duty } from '../duty.ts';
import { Id } from '../id.ts';
import { eventSchema } from './event-schema.ts';

export const personEvents = [
  eventSchema('person.invited', {
    invitation: Id,
    email: z.string(),
    admin: z.boolean(),
    scope: Id.nullable(),
    duties: z.array(Duty),
    // Missing in events written before invitations were sent by mail.
    mailed: z.boolean().optional(),
  }),
  eventSchema('invitation.revoked', { invitation: Id, email: z.string() }),
  eventSchema('person.joined', {
    person: Id,
    name: z.string(),
    invitation: Id,
    // Both keys are missing in events written before invitation links were distinguished from mailed invitations.
    invitedBy: Id.optional(),
    verified: z.boolean().optional().describe('false: no mail proved that the address is theirs'),
  }),
  eventSchema('person.renamed', { person: Id, before: z.string(), after: z.string() }),
  eventSchema('person.removed', { person: Id }),
] as const;
