import { z } from 'zod';
import { RuleSettings } from '../rule-set.ts';
import { eventSchema } from './event-schema.ts';

export const rulesEvents = [
  eventSchema('rules.changed', {
    version: z.int(),
    before: RuleSettings,
    after: RuleSettings,
    note: z.string().nullable(),
  }),
] as const;
