import { z } from 'zod';
import { Day, Id } from '../id.ts';
import { eventSchema } from './event-schema.ts';

const named = { waiver: Id, rule: z.string(), endsOn: Day };
const decided = { ...named, note: z.string().nullable(), extends: Id.optional() };

export const waiverEvents = [
  eventSchema('waiver.proposed', { ...named, reason: z.string(), measure: z.string(), extends: Id.optional() }),
  eventSchema('waiver.approved', decided),
  eventSchema('waiver.refused', decided),
  eventSchema('waiver.revoked', { ...named, why: z.string() }),
  eventSchema('waiver.expired', named),
] as const;
