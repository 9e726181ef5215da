import { expect, it } from 'vitest';
import { ProblemError, Unreachable } from './api.ts';
import { pageError } from './page-error.ts';

const problem = { title: 'T', detail: 'D' };

it('shows a decision of the server with its status, in a text for its type', () => {
  const error = new ProblemError({ ...problem, type: 'forbidden', status: 403 });
  expect(pageError(error)).toEqual({ status: 403, message: 'You are not allowed to do this.' });
});

it('recognises an expired session, whichever page was requested (fault no. 7)', () => {
  expect(pageError(new ProblemError({ ...problem, type: 'signed-out', status: 401 }))?.status).toBe(401);
});

it.each([
  new Unreachable(),
  new Unreachable({ ...problem, type: 'failed', status: 500 }),
  new TypeError('Failed to fetch dynamically imported module: http://localhost/_app/a.js'),
  new TypeError('error loading dynamically imported module'),
  new TypeError('Importing a module script failed.'),
  new Error('Unable to preload CSS for /_app/a.css'),
])('shows that the server is unavailable: %s (faults no. 3, no. 41)', (error) => {
  expect(pageError(error)?.status).toBe(503);
});

it('leaves our own errors to the log', () => {
  expect(pageError(new TypeError('x is not a function'))).toBeNull();
});
