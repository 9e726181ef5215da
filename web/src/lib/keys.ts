type Key = Pick<KeyboardEvent, 'key' | 'isComposing' | 'keyCode'>;

/** The key belongs to the composition of a word, as in Japanese or Chinese: it ends that and means nothing else. */
export const composes = ({ isComposing, keyCode }: Omit<Key, 'key'>): boolean => isComposing || keyCode === 229;

export const isEscape = (event: Key): boolean => event.key === 'Escape' && !composes(event);
export const isEnter = (event: Key): boolean => event.key === 'Enter' && !composes(event);

/**
 * What a shortcut goes by: the letter in lower case, or the name of the key. On a layout whose letters are not Latin it
 * is the letter that a Latin keyboard has in that place.
 */
export function shortcutKey({ key, code }: Pick<KeyboardEvent, 'key' | 'code'>): string {
  if ([...key].length !== 1) return key;
  const foreign = /\p{L}/u.test(key) && !/\p{Script=Latin}/u.test(key);
  const letter = foreign ? /^Key([A-Z])$/.exec(code)?.[1] : undefined;
  return (letter ?? key).toLowerCase();
}
