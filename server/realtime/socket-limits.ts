import { tokenBuckets } from '#server/limits/token-bucket.ts';

/** Open connections of one person: a tab has one. */
const connectionsPerPerson = 30;
/** Scopes one connection watches: a tab watches one. */
export const scopesPerConnection = 20;

/**
 * Per person, over all their connections. A tab connects once and watches once; after a new start of the server all of a
 * person's tabs do so at once. A page that carries a card says 8 times a second
 * where it is.
 */
const rates = {
  /** By cookie, before anything is looked up: being denied has to be cheap. */
  attempt: { perSecond: 5, burst: 100 },
  connect: { perSecond: 2, burst: 60 },
  watch: { perSecond: 5, burst: 60 },
  attend: { perSecond: 100, burst: 300 },
  attendStandup: { perSecond: 2, burst: 40 },
  point: { perSecond: 30, burst: 60 },
  /** Every message, whatever it is. */
  message: { perSecond: 200, burst: 1_000 },
} as const;

export interface SocketLimits {
  /** Whether one more is within the budget of a person; of a cookie, for an attempt. */
  may(what: keyof typeof rates, whose: string): boolean;
  /** Whether a person who has so many connections open may open another one. */
  mayConnect(person: string, open: number): boolean;
}

export function socketLimits(): SocketLimits {
  const buckets = Object.fromEntries(Object.entries(rates).map(([what, rate]) => [what, tokenBuckets(rate)])) as Record<
    keyof typeof rates,
    ReturnType<typeof tokenBuckets>
  >;
  const may: SocketLimits['may'] = (what, whose) => buckets[what](whose) === 0;
  return { may, mayConnect: (person, open) => open < connectionsPerPerson && may('connect', person) };
}
