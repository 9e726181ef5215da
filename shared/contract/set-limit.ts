/** Maximum number of records in one bulk operation. */
export const mostInSet = 200;
