import { checklistTitle } from '#shared/text/names.ts';
import { m } from '#lib/paraglide/messages.js';

interface Tallies {
  done: number;
  count: number;
  unresolved: number;
}

interface Changed {
  before?: Partial<Tallies>;
  after?: Partial<Tallies>;
  ticked?: string[];
  unticked?: string[];
  threads?: { what: string }[];
}

/**
 * What an event changed in the discussion or the checklist, one short text per change. For older events without
 * details, the texts follow from the counts.
 */
export function documentLabel({ before = {}, after = {}, ticked, unticked, threads }: Changed): string[] {
  const items = (ids: readonly string[]) => ids.map((id) => `“${checklistTitle(id)}”`).join(', ');
  const by = (key: keyof Tallies) => (after[key] ?? 0) - (before[key] ?? 0);
  const ticks = ticked || unticked ? 0 : by('done');
  const did = (what: string) => threads?.some((one) => one.what === what);
  return [
    ticked?.length && m.record_event_ticked({ items: items(ticked) }),
    unticked?.length && m.record_event_unticked({ items: items(unticked) }),
    ticks > 0 && m.record_event_ticked_more({ count: ticks }),
    ticks < 0 && m.record_event_unticked_more({ count: -ticks }),
    (did('opened') || (!threads && by('count') > 0)) && m.record_event_commented(),
    did('answered') && !did('opened') && m.record_event_answered(),
    did('edited') && m.record_event_comment_edited(),
    (did('removed') || (!threads && by('count') < 0)) && m.record_event_comment_removed(),
    (did('resolved') || (!threads && by('unresolved') < 0)) && m.record_event_thread_resolved(),
    did('reopened') && m.record_event_thread_reopened(),
  ].filter((words) => typeof words === 'string');
}
