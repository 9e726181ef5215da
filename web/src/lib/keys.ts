type Key = Pick<KeyboardEvent, 'key' | 'isComposing' | 'keyCode'>;

/**
 * Whether a key press belongs to the composition of a word, as in Japanese or Chinese. It then ends the composition and
 * means nothing else.
 */
export const composes = ({ isComposing, keyCode }: Omit<Key, 'key'>): boolean => isComposing || keyCode === 229;

export const isEscape = (event: Key): boolean => event.key === 'Escape' && !composes(event);
export const isEnter = (event: Key): boolean => event.key === 'Enter' && !composes(event);

/**
 * The key a shortcut is compared with: the letter in lower case, or the name of the key. On a layout without Latin
 * letters it is the letter at that place of a Latin keyboard.
 */
export function shortcutKey({ key, code }: Pick<KeyboardEvent, 'key' | 'code'>): string {
  if ([...key].length !== 1) return key;
  const foreign = /\p{L}/u.test(key) && !/\p{Script=Latin}/u.test(key);
  const letter = foreign ? /^Key([A-Z])$/.exec(code)?.[1] : undefined;
  return (letter ?? key).toLowerCase();
}
