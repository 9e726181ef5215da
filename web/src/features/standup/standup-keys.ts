import type { OutcomeKind } from './outcome-labels.ts';
import { composes, shortcutKey } from '#lib/keys.ts';

export type StandupKey = OutcomeKind | 'forward' | 'back' | 'follow' | 'look' | 'agenda' | 'keys';

const keys: Readonly<Record<string, StandupKey>> = {
  n: 'nextAction',
  d: 'releaseDate',
  e: 'exception',
  s: 'escalated',
  0: 'nothing',
  k: 'nothing',
  Enter: 'forward',
  ArrowRight: 'forward',
  ArrowLeft: 'back',
  f: 'follow',
  l: 'look',
  g: 'agenda',
  '?': 'keys',
};

/** The action of a key in the standup; null where the focused field or button handles it, or nothing does. */
export function standupKey(event: KeyboardEvent): StandupKey | null {
  if (event.defaultPrevented || composes(event) || event.ctrlKey || event.metaKey || event.altKey || event.repeat)
    return null;
  const on = event.target instanceof Element ? event.target : null;
  if (on?.closest('input, select, textarea, [contenteditable], dialog, [role=menu]')) return null;
  if (event.key === 'Enter' && on?.closest('a, button, summary')) return null;
  return keys[shortcutKey(event)] ?? null;
}
