import type { MiddlewareHandler } from 'hono';
import { isOwnRequest, type IsOwnOrigin } from '#server/origins.ts';
import { ForeignOrigin } from './problem.ts';

const reads = ['GET', 'HEAD', 'OPTIONS'];

/** Refuses writes that a page of another origin sent: it would act with the cookie of the person who opened it. */
export const onlyOwnOrigin =
  (isOwn: IsOwnOrigin, publicUrl: () => string): MiddlewareHandler =>
  async (c, next) => {
    const { method, headers } = c.req.raw;
    if (!reads.includes(method) && !isOwnRequest(headers, isOwn)) throw new ForeignOrigin(publicUrl());
    await next();
  };
