let offset = 0;

/**
 * What an answer of the server says about its clock. The Date header counts whole seconds, so the truth lies between two
 * bounds; a clock of this machine that runs outside them is set to the lower one, never to a moment that is still to come.
 */
export function learnServerTime(date: string | null, sent: number, received: number): void {
  const said = Date.parse(date ?? '');
  if (Number.isNaN(said)) return;
  const [least, most] = [said - received, said + 999 - sent];
  if (offset < least || offset > most) offset = least;
}

/** The moment, by the server's clock as far as it is known. */
export const serverNow = (): Date => new Date(Date.now() + offset);
