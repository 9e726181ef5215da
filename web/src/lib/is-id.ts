const form = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Whether a text from an address can be an id. Anything else is ignored without a request. */
export const isId = (text: string): boolean => form.test(text);
