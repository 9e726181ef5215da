import type { z } from 'zod';

/**
 * One route of the API, declared once: the server mounts and validates it, `/api/openapi.json` documents it, and the
 * web calls it by `method path` with these types (type-only imports, so no schema is sent to the browser).
 */
export interface Route {
  method: 'get' | 'post' | 'put' | 'delete';
  /** Parameters are in braces: `/api/records/{record}`. */
  path: `/api/${string}`;
  summary: string;
  /**
   * A write requires the header `Operation-Id`; repeating an id changes nothing and returns the same answer. With the
   * header `Person-Id`, the write is refused if a different person is signed in.
   */
  write?: true;
  /** The route does not require a session. */
  open?: true;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** The body is a file; its bytes are streamed. */
  file?: true;
  /** The answer is a file download; `answer` is not used then. */
  answersFile?: true;
  answer: z.ZodType;
}

export function route<const R extends Route>(declared: R): R {
  return declared;
}
