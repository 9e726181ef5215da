import { z } from 'zod';

/** An identifier made by the server: a UUID, version 7, so that rows made one after the other lie beside each other. */
export const Id = z.uuid();
export type Id = z.infer<typeof Id>;

/** Chosen by the caller, one per intent. The same id sent again changes nothing and gets the first answer again. */
export const OperationId = z.uuid();
export type OperationId = z.infer<typeof OperationId>;

/** A calendar date without a time, `YYYY-MM-DD`. */
export const Day = z.iso.date();

/** A moment in UTC, `2026-11-24T09:30:00.000Z`. */
export const Moment = z.iso.datetime();
