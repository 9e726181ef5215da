import type { MiddlewareHandler } from 'hono';
import { isOwnRequest, type IsOwnOrigin } from '#server/origins.ts';
import { ForeignOrigin } from './problem.ts';

const reads = ['GET', 'HEAD', 'OPTIONS'];

/** Refuses writes from pages of other origins: they would use the cookie of the person who opened them. */
export const onlyOwnOrigin =
  (isOwn: IsOwnOrigin, publicUrl: () => string): MiddlewareHandler =>
  async (c, next) => {
    const { method, headers } = c.req.raw;
    if (!reads.includes(method) && !isOwnRequest(headers, isOwn)) throw new ForeignOrigin(publicUrl());
    await next();
  };
