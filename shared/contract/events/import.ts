import { z } from 'zod';
import { Id } from '../id.ts';
import { NewColumnMapping } from '../import.ts';
import { eventSchema } from './event-schema.ts';

export const importEvents = [
  eventSchema('import.applied', { import: Id, file: z.string(), created: z.int(), known: z.int(), bad: z.int() }),
  eventSchema('mapping.saved', { mapping: Id, ...NewColumnMapping.shape }),
] as const;
