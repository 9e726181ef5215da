import { z } from 'zod';

/**
 * A name of the IANA time zone database, for example `Europe/Berlin`. Whether the zone exists is checked when it is
 * set.
 */
export const TimeZone = z.string().min(1).max(64);
