import { command } from '../command.ts';
import { markPresent, loadStandupForUpdate } from './load.ts';

/** Joins a standup, also after leaving it. Throws NotFound, and Refused if it has ended. */
export const joinStandup = command('join-standup', async (ctx, input: { standup: string }) => {
  const { standup, scope, actor } = await loadStandupForUpdate(ctx, input.standup, 'share');
  if (await markPresent(ctx, standup.id, actor.id)) {
    ctx.record({ trail: scope.id, kind: 'standup.joined', body: { standup: standup.id, person: actor.id } });
  }
  return { standup: standup.id };
});
