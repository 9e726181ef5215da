import type { PaletteCommand } from '#lib/palette-commands.svelte.ts';
import { m } from '#lib/paraglide/messages.js';

/** The shortcuts in the fields and grids of a certificate. */
export function dataKeys(): PaletteCommand[] {
  const group = m.keys_group_data();
  return [
    { group, title: m.keys_data_save(), keys: ['Enter'] },
    { group, title: m.keys_data_restore(), keys: ['Esc'] },
    { group, title: m.keys_data_walk(), keys: ['↑', '↓', '←', '→'] },
    { group, title: m.keys_data_range(), keys: ['Shift+arrow'] },
    { group, title: m.keys_data_empty(), keys: ['Delete'] },
  ];
}
