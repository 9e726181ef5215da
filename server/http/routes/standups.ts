import type { Api } from '../app.ts';
import * as routes from '#shared/contract/routes/standups.ts';
import { standupMinutes } from '#shared/text/standup-minutes.ts';
import { decideInStandup } from '#server/commands/standups/decide.ts';
import { endStandup } from '#server/commands/standups/end.ts';
import { joinStandup } from '#server/commands/standups/join.ts';
import { takeLead } from '#server/commands/standups/take-lead.ts';
import { leaveStandup } from '#server/commands/standups/leave.ts';
import { startStandup } from '#server/commands/standups/start.ts';
import { goToItem } from '#server/commands/standups/go-to-item.ts';
import { agendaOf, minutesOf, standupDetail, standupsOf, standupsOfRecord } from '#server/queries/standups.ts';
import { serve, serveFile, type HttpServices } from '../serve.ts';

export function mountStandups(app: Api, services: HttpServices): void {
  const { db, secondsAway } = services;
  /** An operation stores only the id of the standup. Its three hundred cards are read for each answer. */
  const asItIsNow = async (done: Promise<{ standup: string }>, { id }: { id: string }) => ({
    standup: await standupDetail(db, id, (await done).standup),
  });
  serve(app, services, routes.getAgenda, ({ params, person }) => agendaOf(db, person.id, params.scope, services.now()));
  serve(app, services, routes.startStandup, ({ params, body, call, person }) =>
    asItIsNow(startStandup(services, call, { ...params, ...body }), person),
  );
  serve(app, services, routes.listStandups, ({ params, query, person }) =>
    standupsOf(db, person.id, params.scope, query.before),
  );
  serve(app, services, routes.getStandup, ({ params, person }) => standupDetail(db, person.id, params.standup));
  serve(app, services, routes.joinStandup, ({ params, call, person }) =>
    asItIsNow(joinStandup(services, call, params), person),
  );
  serve(app, services, routes.leaveStandup, ({ params, call, person }) =>
    asItIsNow(leaveStandup(services, call, params), person),
  );
  serve(app, services, routes.walkStandup, ({ params, body, call, person }) =>
    asItIsNow(goToItem(services, call, { ...params, ...body }), person),
  );
  serve(app, services, routes.leadStandup, ({ params, body, call, person }) =>
    asItIsNow(takeLead(services, call, { ...params, ...body, secondsAway }), person),
  );
  serve(app, services, routes.decideInStandup, ({ params, body, call, person }) =>
    asItIsNow(decideInStandup(services, call, { ...params, ...body }), person),
  );
  serve(app, services, routes.endStandup, ({ params, body, call, person }) =>
    asItIsNow(endStandup(services, call, { ...params, ...body }), person),
  );
  serveFile(app, services, routes.getMinutes, async ({ params, person }) => {
    const { standup, names, prefix } = await minutesOf(db, person.id, params.standup);
    return {
      name: `standup ${prefix} ${standup.startedAt.slice(0, 10)}.md`,
      mediaType: 'text/markdown; charset=utf-8',
      content: new TextEncoder().encode(standupMinutes(standup, names)),
    };
  });
  serve(app, services, routes.standupsOfRecord, ({ params, person }) => standupsOfRecord(db, person.id, params.record));
}
