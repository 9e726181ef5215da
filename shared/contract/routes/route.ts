import type { z } from 'zod';

/**
 * One route of the API, declared once: the server mounts and validates it, `/api/openapi.json` shows it, and the web
 * calls it by `method path` with these very types (type-only, so no schema travels to the browser).
 */
export interface Route {
  method: 'get' | 'post' | 'put' | 'delete';
  /** Parameters in braces: `/api/records/{record}`. */
  path: `/api/${string}`;
  summary: string;
  /**
   * A write carries the header `Operation-Id`; the same id again changes nothing and answers the same. With the header
   * `Person-Id` it is refused where somebody else is signed in.
   */
  write?: true;
  /** Answers without a session. */
  open?: true;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** The body is a file; its bytes are streamed. */
  file?: true;
  /** The answer is a file to be saved; `answer` is nothing then. */
  answersFile?: true;
  answer: z.ZodType;
}

export function route<const R extends Route>(declared: R): R {
  return declared;
}
