import type { AgendaReason, Standup, StandupItem, StandupOutcome } from '#shared/contract/standup.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { stageName } from '#shared/text/names.ts';
import { readableDay } from '#shared/text/readable-day.ts';

/** What the minutes need beside the standup itself. */
export interface MinutesNames {
  scope: string;
  person(id: string): string;
  /** Who led it, in order. */
  leaders: readonly string[];
}

/** The minutes of a standup as Markdown. Times are in UTC. */
export function standupMinutes(standup: Standup, names: MinutesNames): string {
  const { items, startedAt, endedAt } = standup;
  const decided = items.filter(({ outcome }) => outcome !== null);
  const open = items.filter(({ outcome, reachedAt }) => outcome === null && reachedAt !== null);
  const unreached = items.filter(({ outcome, reachedAt }) => outcome === null && reachedAt === null);
  const total = items.reduce((sum, { seconds }) => sum + seconds, 0);
  return `${[
    `# Standup ${text(names.scope)}, ${startedAt.slice(0, 10)}`,
    [
      `- Time: ${clock(startedAt)} to ${endedAt ? clock(endedAt) : 'still open'} UTC`,
      `- Led by: ${names.leaders.map((id) => text(names.person(id))).join(', then ')}`,
      `- Agenda: ${items.length} ${items.length === 1 ? 'record' : 'records'}, ${decided.length} decided, ${open.length} open, ${unreached.length} not reached`,
      `- On the table: ${duration(total)} of ${duration(standup.totalBox)}`,
    ].join('\n'),
    section(
      'Who was there',
      standup.people.map((one) => attendance(one, names)),
    ),
    section(
      'Decided',
      decided.map((item) => line(item, names)),
    ),
    section(
      'Open',
      open.map((item) => line(item, names)),
    ),
    section(
      'Not reached',
      unreached.map((item) => line(item, names)),
    ),
  ].join('\n\n')}\n`;
}

function section(title: string, lines: readonly string[]): string {
  return `## ${title}\n\n${lines.length > 0 ? lines.join('\n') : 'None.'}`;
}

function attendance({ person, joinedAt, leftAt }: Standup['people'][number], names: MinutesNames): string {
  return `- ${text(names.person(person))}, ${clock(joinedAt)} to ${leftAt ? clock(leftAt) : 'still there'}`;
}

function line({ card, reasons, outcome, seconds }: StandupItem, names: MinutesNames): string {
  const spent = seconds > 0 ? ` (${duration(seconds)})` : '';
  const said = outcome ? [`  - ${outcomeWords(outcome, names)}`] : [];
  return [`- **${text(card.reference)}**${spent}: ${reasons.map(reasonWords).join('; ')}`, ...said].join('\n');
}

function outcomeWords({ kind, owner, due, note, by, at }: StandupOutcome, names: MinutesNames): string {
  const who = owner === null ? 'nobody' : text(names.person(owner));
  const why = note ? `: ${text(note)}` : '';
  const until = due ? `, until ${readableDay(due)}` : '';
  const said = {
    nextAction: `Next action for ${who}${why}${until}`,
    releaseDate: due ? `Release planned for ${readableDay(due)}` : 'No release planned any more',
    exception: `Exception raised${why}${owner ? `, owned by ${who}` : ''}${until}`,
    escalated: `Escalated to the lead${why}`,
    nothing: `Nothing to do${why}`,
  };
  return `${said[kind]} (${text(names.person(by))}, ${clock(at)})`;
}

const days = (count: unknown) => `${String(count)} ${count === 1 ? 'day' : 'days'}`;

function reasonWords({ kind, params }: AgendaReason): string {
  const { days: count } = params;
  switch (kind) {
    case 'releaseAtRisk':
      if (count === 0) return 'release today is at risk';
      return Number(count) < 0 ? `release overdue by ${days(-Number(count))}` : `release in ${days(count)} is at risk`;
    case 'blocked':
      return `blocked for ${days(count)}: ${text(String(params['cause']))}`;
    case 'slow':
      return `${days(count)} in ${stageName(params['stage'] as StageKey)}, where ${days(params['usual'])} are usual`;
    case 'waiverEnding':
      return count === 0
        ? `waiver of ${params['rule']} ends today`
        : `waiver of ${params['rule']} ends in ${days(count)}`;
    case 'unowned':
      return `nobody owns the next action in ${stageName(params['stage'] as StageKey)}`;
    case 'changed':
      return `${params['count']} ${params['count'] === 1 ? 'change' : 'changes'} since the last standup`;
    case 'notReached':
      return 'not reached in the last standup';
  }
}

const clock = (at: string) => at.slice(11, 16);

function duration(seconds: number): string {
  const rest = String(seconds % 60).padStart(2, '0');
  return `${Math.floor(seconds / 60)}:${rest} min`;
}

/** What people typed, on one line and without meaning to Markdown. */
function text(typed: string): string {
  return typed.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_[\]<>#|~]/g, String.raw`\$&`);
}
