import type { Services } from '#server/commands/command.ts';

/** One thing somebody does to a record; the seed runs those of all records in the order of time. */
export type DemoStep = (services: Services) => Promise<unknown>;
