/** The texts for screen readers. All announcements go through this object, so that they do not interrupt each other. */
class Announcer {
  polite = $state('');
  assertive = $state('');
}

export const announcer = new Announcer();

/** Announces a text. `assertive` interrupts what the screen reader is reading. */
export function announce(text: string, { assertive = false }: { assertive?: boolean } = {}): void {
  const voice = assertive ? 'assertive' : 'polite';
  // A screen reader ignores a text that has not changed; a trailing no-break space makes it a change.
  announcer[voice] = announcer[voice] === text && text !== '' ? `${text}\u00a0` : text;
}
