import type { HttpBindings } from '@hono/node-server';
import { Hono, type MiddlewareHandler } from 'hono';
import { routes } from '#shared/contract/routes/all.ts';
import type { Route } from '#shared/contract/routes/route.ts';
import { NotFound } from '#server/commands/errors.ts';
import { describeApi } from './openapi.ts';
import { onlyOwnOrigin } from './own-origin.ts';
import { answerProblem, TooLarge } from './problem.ts';
import { mountApprovals } from './routes/approvals.ts';
import { mountBulk } from './routes/bulk.ts';
import { mountExceptions } from './routes/exceptions.ts';
import { mountImports } from './routes/imports.ts';
import { mountNotifications } from './routes/notifications.ts';
import { mountPeople } from './routes/people.ts';
import { mountRecords } from './routes/records.ts';
import { mountRules } from './routes/rules.ts';
import { mountScopes } from './routes/scopes.ts';
import { mountSignIn } from './routes/sign-in.ts';
import { mountSince } from './routes/since.ts';
import { mountStandups } from './routes/standups.ts';
import { mountWaivers } from './routes/waivers.ts';
import type { HttpServices } from './serve.ts';

const jsonLimit = 1024 * 1024;

/** The paths whose body is a file: their routes limit its size while they read it. */
const fileRoutes = (Object.values(routes) as Route[])
  .filter(({ file }) => file)
  .map(({ path }) => new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`));
const takesFile = (path: string) => fileRoutes.some((route) => route.test(path));

export type Api = Hono<{ Bindings: Partial<HttpBindings> }>;

/** The API: sign-in, the declared routes, and the OpenAPI description. */
export function makeApi(services: HttpServices): Api {
  const app = new Hono<{ Bindings: Partial<HttpBindings> }>();
  app.onError((error, c) => answerProblem(c, error));
  app.notFound((c) => answerProblem(c, new NotFound('address')));
  app.use(
    '/api/*',
    onlyOwnOrigin(services.isOwnOrigin, () => services.publicUrl),
  );
  app.use('/api/*', (c, next) => (takesFile(c.req.path) ? next() : limitJson(c, next)));
  mountSignIn(app, services);
  mountPeople(app, services);
  mountScopes(app, services);
  mountRecords(app, services);
  mountBulk(app, services);
  mountExceptions(app, services);
  mountImports(app, services);
  mountApprovals(app, services);
  mountRules(app, services);
  mountWaivers(app, services);
  mountNotifications(app, services);
  mountSince(app, services);
  mountStandups(app, services);
  const description = describeApi(routes);
  app.get('/api/openapi.json', (c) => c.json(description));
  return app;
}

const tooLarge = () => {
  throw new TooLarge('request', jsonLimit / 1024 / 1024);
};

/**
 * Limits the size of a body of undeclared length while it is read. Does not read ahead, because the request budget is
 * checked first. Reading throws TooLarge.
 */
function limitUntold(request: Request): Request {
  let size = 0;
  const bounded = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      size += chunk.byteLength;
      if (size > jsonLimit) tooLarge();
      controller.enqueue(chunk);
    },
  });
  const body = request.body?.pipeThrough(bounded) ?? null;
  return new Request(request, { body, duplex: 'half' } as RequestInit);
}

const limitJson: MiddlewareHandler = (c, next) => {
  if (c.req.header('transfer-encoding')) {
    c.req.raw = limitUntold(c.req.raw);
    return next();
  }
  return Number(c.req.header('content-length') ?? 0) > jsonLimit ? tooLarge() : next();
};
