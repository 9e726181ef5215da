import { describe, expect, it } from 'vitest';
import { call, ProblemError, Unreachable } from './api.ts';

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  });
const problem = (type: string, status: number, headers: Record<string, string> = {}) =>
  json({ type, title: 'T', status, detail: 'D' }, status, { 'content-type': 'application/problem+json', ...headers });
const html = (status: number) =>
  new Response('<h1>Sign in to the network</h1>', { status, headers: { 'content-type': 'text/html' } });

/** The outcome of a call for this answer or error. */
async function outcome(answer: Response | Error) {
  const fetch = async () => {
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return call('get /api/self', { fetch }).then(
    (message) => ({ said: message }),
    (error: unknown) => error,
  );
}

describe('an answer', () => {
  it('of our server in its own media type is accepted', async () => {
    expect(await outcome(json({ id: 'a' }))).toEqual({ said: { id: 'a' } });
  });

  it.each(['refused', 'stale', 'forbidden', 'not-found', 'invalid', 'too-large', 'signed-out'])(
    'with %s is a decision',
    async (type) => {
      const error = await outcome(problem(type, 422));
      expect(error).toBeInstanceOf(ProblemError);
      expect((error as ProblemError).problem.type).toBe(type);
    },
  );

  const undecided: Record<string, Response | Error> = {
    'a failed fetch': new TypeError('Failed to fetch'),
    'a 500 of our server': problem('failed', 500),
    'a 429 of our server': problem('refused', 429),
    'HTML with 502': html(502),
    'JSON of a gateway with 502': json({ message: 'Bad gateway' }, 502),
    'JSON of a gateway with 401': json({ error: 'unauthorized' }, 401),
    'JSON of a gateway with 429': json({ message: 'Slow down' }, 429),
    "a gateway's problem of another type": problem('about:blank', 403),
    'a problem whose status is not that of the answer': json(
      { type: 'refused', title: 'T', status: 422, detail: 'D' },
      403,
      { 'content-type': 'application/problem+json' },
    ),
    'HTML with 200, as of a captive portal': html(200),
    'JSON that was cut off': json('{"id": "a'),
    'a problem that was cut off': json('{"type": "refused"', 422, { 'content-type': 'application/problem+json' }),
    'an answer without a media type': new Response('{}'),
    'a redirect to a page that answers JSON': Object.defineProperty(json({ id: 'a' }), 'redirected', { value: true }),
  };
  it.each(Object.keys(undecided))('%s is not a decision (faults D3, D12, no. 13)', async (name) => {
    const error = await outcome(undecided[name]!);
    expect(error).toBeInstanceOf(Unreachable);
    expect(error).not.toBeInstanceOf(ProblemError);
  });

  it('returns the server’s message if the server failed', async () => {
    expect(((await outcome(problem('failed', 500))) as Unreachable).problem?.detail).toBe('D');
  });

  it.each([
    ['2', 2_000],
    [new Date(Date.now() + 60_000).toUTCString(), 60_000],
    ['soon', null],
  ])('with Retry-After %s returns how long to wait', async (header, wait) => {
    const error = (await outcome(json({}, 503, { 'retry-after': header }))) as Unreachable;
    // A date in the header has no milliseconds.
    const rounded = error.retryAfterMs === null ? null : Math.round(error.retryAfterMs / 2_000) * 2_000;
    expect(rounded).toBe(wait);
  });
});
