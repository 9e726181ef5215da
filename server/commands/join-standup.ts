import { command } from './command.ts';
import { markPresent, openStandup } from './open-standup.ts';

/** Takes part in a standup; whoever had left is back. Throws NotFound, and Refused where it has ended. */
export const joinStandup = command('join-standup', async (act, input: { standup: string }) => {
  const { standup, scope, actor } = await openStandup(act, input.standup, 'share');
  if (await markPresent(act, standup.id, actor.id)) {
    act.record({ trail: scope.id, kind: 'standup.joined', body: { standup: standup.id, person: actor.id } });
  }
  return { standup: standup.id };
});
