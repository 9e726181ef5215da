/** The hue of a person, 0 to 359; the same everywhere. */
export const hueOf = (id: string): number =>
  [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 360, 7);

/** The line colour of a person, with the same contrast in light and dark. */
export const tintOf = (id: string): string => `hsl(${hueOf(id)} 52% 52%)`;
