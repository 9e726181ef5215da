import { z } from 'zod';

export const StageKey = z.enum(['intake', 'data', 'review', 'output', 'signing', 'delivery', 'archive']);
export type StageKey = z.infer<typeof StageKey>;
