import { paced } from '#server/limits/pace.ts';
import { tokenIn } from '#server/limits/session-token.ts';
import { tokenBuckets } from '#server/limits/token-bucket.ts';

/** Open connections per person. A tab has one. */
const connectionsPerPerson = 30;
/** Watched scopes per connection. A tab watches one. */
export const scopesPerConnection = 20;

/**
 * Rates per person, over all their connections. A tab connects once and watches once; after a restart of the server all
 * of a person's tabs do so at the same time. A page that drags a card sends its position 8 times a second.
 */
const rates = {
  /** Per session token, before any lookup: a denial must be cheap. The burst covers all tabs of a person. */
  attempt: { perSecond: 5, burst: 60 },
  /** Per address, for any tokens. The burst covers all tabs of an office after a restart of the server. */
  attemptFrom: { perSecond: 100, burst: 1_000 },
  connect: { perSecond: 2, burst: 60 },
  watch: { perSecond: 5, burst: 60 },
  attend: { perSecond: 100, burst: 300 },
  attendStandup: { perSecond: 2, burst: 40 },
  point: { perSecond: 30, burst: 60 },
  /** Messages of any kind. */
  message: { perSecond: 200, burst: 1_000 },
} as const;

export interface SocketLimits {
  /** Whether one more is within the budget of a person; for attempts, of a session token or an address. */
  may(what: keyof typeof rates, whose: string): boolean;
  /** Returns the milliseconds to wait before an attempt to connect is processed; null: it is refused. */
  attempt(cookie: string | undefined, address: string): number | null;
  /** Whether a person with `open` connections may open another one. */
  canConnect(person: string, open: number): boolean;
}

/** In milliseconds. Simultaneous attempts, such as all tabs of a person or an office, are processed one by one. */
const attemptEvery = { token: 20, address: 5 };

export function socketLimits(): SocketLimits {
  const buckets = Object.fromEntries(Object.entries(rates).map(([what, rate]) => [what, tokenBuckets(rate)])) as Record<
    keyof typeof rates,
    ReturnType<typeof tokenBuckets>
  >;
  const pace = paced(attemptEvery.token);
  const paceFrom = paced(attemptEvery.address);
  const may: SocketLimits['may'] = (what, whose) => buckets[what](whose) === 0;
  return {
    may,
    attempt(cookie, address) {
      const token = tokenIn(cookie);
      if ((token && !may('attempt', token)) || !may('attemptFrom', address)) return null;
      return Math.max(token ? pace(token) : 0, paceFrom(address));
    },
    canConnect: (person, open) => open < connectionsPerPerson && may('connect', person),
  };
}
