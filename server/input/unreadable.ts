/** A file of which nothing can be used. `why` is a sentence for the person who handed it in. */
export class Unreadable extends Error {
  readonly why: string;
  constructor(why: string) {
    super(why);
    this.why = why;
  }
}
