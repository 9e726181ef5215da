/** Gives the same person the same hue everywhere, 0 to 359. */
export const hueOf = (id: string): number =>
  [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 360, 7);

/** The line that stands for a person, as strong in light as in dark. */
export const tintOf = (id: string): string => `hsl(${hueOf(id)} 52% 52%)`;
