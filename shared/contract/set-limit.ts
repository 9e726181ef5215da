/** So many records one call takes at most. */
export const mostInSet = 200;
