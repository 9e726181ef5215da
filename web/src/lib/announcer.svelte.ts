/** What is said to those who hear the app. One place says it, so that no two voices talk over each other. */
class Announcer {
  polite = $state('');
  assertive = $state('');
}

export const announcer = new Announcer();

/** Says a text; at once, over what is being read, where it is `assertive`. */
export function announce(text: string, { assertive = false }: { assertive?: boolean } = {}): void {
  const voice = assertive ? 'assertive' : 'polite';
  // The same words again are no change to a screen reader; an unseen space makes them one.
  announcer[voice] = announcer[voice] === text && text !== '' ? `${text}\u00a0` : text;
}
