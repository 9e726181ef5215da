import { z } from 'zod';

/** A name of the IANA time zone database, `Europe/Berlin`. Whether there is such a zone is asked where it is set. */
export const TimeZone = z.string().min(1).max(64);
