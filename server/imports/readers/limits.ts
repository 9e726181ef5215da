/** In bytes. One message holds one vehicle; official examples have 17 kB. */
export const xmlLimit = 2 * 1024 * 1024;
/** In bytes: some 200,000 rows. Larger files are handed in in parts. */
export const csvLimit = 48 * 1024 * 1024;
/** Columns of a CSV file, and characters of the name of one. */
export const columnLimit = 500;
export const columnNameLimit = 200;
/** In characters. The longest text of the schema has 4,000. */
export const valueLimit = 10_000;
