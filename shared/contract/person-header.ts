/** Header of a write request: the id of the person whose page sends it. */
export const personHeader = 'Person-Id';
