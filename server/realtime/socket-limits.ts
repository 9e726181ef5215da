import { paced } from '#server/limits/pace.ts';
import { tokenIn } from '#server/limits/session-token.ts';
import { tokenBuckets } from '#server/limits/token-bucket.ts';

/** Open connections of one person: a tab has one. */
const connectionsPerPerson = 30;
/** Scopes one connection watches: a tab watches one. */
export const scopesPerConnection = 20;

/**
 * Per person, over all their connections. A tab connects once and watches once; after a new start of the server all of a
 * person's tabs do so at once. A page that carries a card says 8 times a second where it is.
 */
const rates = {
  /** By session token, before anything is looked up: being denied has to be cheap. All tabs of a person fit in. */
  attempt: { perSecond: 5, burst: 60 },
  /** By address, whatever tokens are tried: all tabs of an office after a new start of the server. */
  attemptFrom: { perSecond: 100, burst: 1_000 },
  connect: { perSecond: 2, burst: 60 },
  watch: { perSecond: 5, burst: 60 },
  attend: { perSecond: 100, burst: 300 },
  attendStandup: { perSecond: 2, burst: 40 },
  point: { perSecond: 30, burst: 60 },
  /** Every message, whatever it is. */
  message: { perSecond: 200, burst: 1_000 },
} as const;

export interface SocketLimits {
  /** Whether one more is within the budget of a person; for an attempt, of a session token and of an address. */
  may(what: keyof typeof rates, whose: string): boolean;
  /** In how many milliseconds one more attempt to connect is looked at; null: it is refused. */
  attempt(cookie: string | undefined, address: string): number | null;
  /** Whether a person who has so many connections open may open another one. */
  canConnect(person: string, open: number): boolean;
}

/** In milliseconds: attempts that come at once, such as all tabs of a person or an office, are looked at one by one. */
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
