/** Header of a write: the id of the person whom the page that sends it belongs to. */
export const personHeader = 'Person-Id';
