import { error, redirect } from '@sveltejs/kit';
import { ProblemError, Unreachable } from './api.ts';

/** What a page's `load` asked for. What is missing becomes the error page; who is signed out is sent to sign in. */
export async function loaded<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (failure) {
    if (failure instanceof Unreachable) error(503, failure.message);
    if (!(failure instanceof ProblemError)) throw failure;
    if (failure.problem.type === 'signed-out') redirect(303, '/sign-in');
    // What a page asks for stands in its address: one that has no such shape names nothing.
    const missing = failure.problem.type === 'invalid';
    error(missing ? 404 : failure.problem.status, failure.problem.detail);
  }
}
