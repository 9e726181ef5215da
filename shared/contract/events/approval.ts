import { z } from 'zod';
import { ApprovalContent } from '../approval.ts';
import { Day, Id } from '../id.ts';
import { eventSchema } from './event-schema.ts';

const named = { approval: Id, number: z.string() };

export const approvalEvents = [
  eventSchema('approval.registered', { ...named, typed: z.string(), ...ApprovalContent.shape }),
  eventSchema('approval.changed', { ...named, before: ApprovalContent, after: ApprovalContent }),
  eventSchema('approval.withdrawn', { ...named, on: Day, why: z.string() }),
  eventSchema('approval.fileAdded', { ...named, name: z.string(), hash: z.string(), bytes: z.int() }),
] as const;
