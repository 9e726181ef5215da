import type { Standup, StandupItem, StandupOutcome } from '#shared/contract/standup.ts';
import { texts } from './language.ts';
import { agendaReason } from './names.ts';
import { readableDay } from './readable-day.ts';
import type { MinutesText, Params } from './texts.ts';

/** The input of the minutes in addition to the standup itself. */
export interface MinutesNames {
  scope: string;
  /** The name of a person; undefined for a former member. */
  person(id: string): string | undefined;
  /** The leaders, in order. */
  leaders: readonly string[];
}

const say = (key: MinutesText, params: Params = {}): string => texts().minutes[key](params);

/** The minutes of a standup as Markdown. Times are in UTC. */
export function standupMinutes(standup: Standup, names: MinutesNames): string {
  const { items, startedAt, endedAt } = standup;
  const nameOf = (id: string) => escaped(names.person(id) ?? say('formerMember'));
  const decided = items.filter(({ outcome }) => outcome !== null);
  const open = items.filter(({ outcome, reachedAt }) => outcome === null && reachedAt !== null);
  const unreached = items.filter(({ outcome, reachedAt }) => outcome === null && reachedAt === null);
  const spent = duration(items.reduce((sum, { seconds }) => sum + seconds, 0));
  const counts = { records: items.length, decided: decided.length, open: open.length, unreached: unreached.length };
  return `${[
    `# ${say('title', { scope: escaped(names.scope), day: startedAt.slice(0, 10) })}`,
    list([
      say('time', { from: clock(startedAt), until: endedAt ? clock(endedAt) : say('stillOpen') }),
      say('ledBy', { leaders: names.leaders.map(nameOf).join(say('nextLeader')) }),
      say('agenda', counts),
      say('onTheTable', { spent, planned: duration(standup.totalBox) }),
    ]),
    section(
      'present',
      standup.people.map(({ person, joinedAt, leftAt }) =>
        say('attended', {
          person: nameOf(person),
          from: clock(joinedAt),
          until: leftAt ? clock(leftAt) : say('stillThere'),
        }),
      ),
    ),
    section(
      'decided',
      decided.map((item) => itemLabel(item, nameOf)),
    ),
    section(
      'open',
      open.map((item) => itemLabel(item, nameOf)),
    ),
    section(
      'unreached',
      unreached.map((item) => itemLabel(item, nameOf)),
    ),
  ].join('\n\n')}\n`;
}

const list = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n');

function section(title: MinutesText, lines: readonly string[]): string {
  return `## ${say(title)}\n\n${lines.length > 0 ? list(lines) : say('none')}`;
}

function itemLabel({ card, reasons, outcome, seconds }: StandupItem, nameOf: (id: string) => string): string {
  const spent = seconds > 0 ? ` (${duration(seconds)})` : '';
  const outcomeLines = outcome ? [`  - ${outcomeLabel(outcome, nameOf)}`] : [];
  return [`**${escaped(card.reference)}**${spent}: ${reasons.map(reasonLabel).join('; ')}`, ...outcomeLines].join('\n');
}

function outcomeLabel({ kind, owner, due, note, by, at }: StandupOutcome, nameOf: (id: string) => string): string {
  const labels = say('outcome', {
    kind,
    who: owner === null ? say('nobody') : nameOf(owner),
    ...(owner && { owner: nameOf(owner) }),
    ...(note && { note: escaped(note) }),
    ...(due && { due: readableDay(due) }),
  });
  return `${labels} (${nameOf(by)}, ${clock(at)})`;
}

/** One of several reasons in a line, so it starts in lower case; typed text in it is escaped. */
function reasonLabel({ kind, params }: StandupItem['reasons'][number]): string {
  const cause = params['cause'];
  const labels = agendaReason({
    kind,
    params: cause === undefined ? params : { ...params, cause: escaped(`${cause}`) },
  });
  return labels.charAt(0).toLowerCase() + labels.slice(1);
}

const clock = (at: string) => at.slice(11, 16);

function duration(seconds: number): string {
  return say('minutes', { time: `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}` });
}

/** Typed text on one line, with Markdown escaped. */
function escaped(typed: string): string {
  return typed.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_[\]<>#|~]/g, String.raw`\$&`);
}
