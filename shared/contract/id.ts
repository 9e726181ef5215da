import { z } from 'zod';
import { issue } from './issue-key.ts';

/** An identifier made by the server: a UUID, version 7, so that rows made one after the other lie beside each other. */
export const Id = z.uuid();
export type Id = z.infer<typeof Id>;

/** Chosen by the caller, one per intent. The same id sent again changes nothing and gets the first answer again. */
export const OperationId = z.uuid();
export type OperationId = z.infer<typeof OperationId>;

/** The largest whole number that a column of the database takes. */
export const largestInteger = 2_147_483_647;

const inReach = (text: string) => text >= '1900' && text < '3000';

/** A calendar date without a time, `YYYY-MM-DD`, from 1900 to 2999. */
export const Day = z.iso.date().refine(inReach, issue('day.reach'));

/** A moment in UTC, `2026-11-24T09:30:00.000Z`. */
export const Moment = z.iso.datetime().refine(inReach, issue('moment.reach'));
