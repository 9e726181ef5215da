import type { TrailEvent } from '#shared/contract/event.ts';
import { localDay } from '#lib/moment-labels.ts';

/** One line of the list: the newest event, and how many events it stands for. */
export interface ActivityLine {
  event: TrailEvent;
  times: number;
}

export interface ActivityDay {
  day: string;
  lines: ActivityLine[];
}

/**
 * Groups events, newest first, by the reader's calendar day. Writing a comment causes many document events; consecutive
 * ones become one line.
 */
export function activityDays(events: readonly TrailEvent[]): ActivityDay[] {
  const days: ActivityDay[] = [];
  for (const event of events) {
    const day = localDay(event.at);
    if (days.at(-1)?.day !== day) days.push({ day, lines: [] });
    const { lines } = days.at(-1)!;
    const last = lines.at(-1);
    if (last && sameSitting(last.event, event)) last.times += 1;
    else lines.push({ event, times: 1 });
  }
  return days;
}

function sameSitting(one: TrailEvent, other: TrailEvent): boolean {
  return (
    one.kind === 'document.changed' &&
    other.kind === one.kind &&
    other.actor?.id === one.actor?.id &&
    other.record?.id === one.record?.id
  );
}
