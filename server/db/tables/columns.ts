import { customType, timestamp, uuid } from 'drizzle-orm/pg-core';
import { v7 } from '../driver/uuid.ts';

export const id = () => uuid().primaryKey().$defaultFn(v7);
export const moment = () => timestamp({ withTimezone: true, mode: 'date', precision: 3 });

/** Ranks are compared byte by byte, whatever the collation of the database. */
export const rankText = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });

export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => 'bytea',
  toDriver: (value) => Buffer.from(value.buffer, value.byteOffset, value.byteLength),
  fromDriver: (value) => new Uint8Array(value),
});
