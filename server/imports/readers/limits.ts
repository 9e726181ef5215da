/** In bytes. One message holds one vehicle; official examples have 17 kB. */
export const xmlLimit = 2 * 1024 * 1024;
/** In bytes: about 200,000 rows. Larger files must be split. */
export const csvLimit = 48 * 1024 * 1024;
/** Maximum number of columns of a CSV file, and maximum number of characters of a column name. */
export const columnLimit = 500;
export const columnNameLimit = 200;
/** In characters. The longest text of the schema has 4,000. */
export const valueLimit = 10_000;
