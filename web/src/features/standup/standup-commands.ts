import type { PaletteCommand } from '#lib/palette-commands.svelte.ts';
import { m } from '#lib/paraglide/messages.js';
import { outcomeKeys, outcomeNames, type OutcomeKind } from './outcome-labels.ts';

/** The shortcuts of the standup. */
export function standupCommands(): PaletteCommand[] {
  const group = m.standup_title();
  const outcomes = Object.keys(outcomeNames) as OutcomeKind[];
  return [
    ...outcomes.map((kind) => ({
      group,
      title: outcomeNames[kind](),
      keys: kind === 'nothing' ? ['0', 'k'] : [outcomeKeys[kind]],
    })),
    { group, title: m.standup_key_next_record(), keys: ['Enter', '→'] },
    { group, title: m.standup_key_previous_record(), keys: ['←'] },
    { group, title: m.standup_key_look(), keys: ['l'] },
    { group, title: m.standup_key_follow(), keys: ['f'] },
    { group, title: m.standup_key_agenda(), keys: ['g'] },
  ];
}
