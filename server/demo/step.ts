import type { Services } from '#server/commands/command.ts';

/** One action on a record; the seed runs the steps of all records in chronological order. */
export type DemoStep = (services: Services) => Promise<unknown>;
