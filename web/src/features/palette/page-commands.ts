import { goto } from '$app/navigation';
import { resolve } from '$app/paths';
import type { PaletteCommand } from '#lib/palette-commands.svelte.ts';
import { m } from '#lib/paraglide/messages.js';

/** Commands that open the pages of a scope; without a scope, the list of scopes. */
export function pageCommands(scope: string | undefined): PaletteCommand[] {
  const group = m.keys_group_pages();
  const to = (title: string, href: string): PaletteCommand => ({ title, group, run: () => void goto(href) });
  const all = to(m.app_scopes_all(), '/?all');
  if (!scope) return [all];
  const pageParams = { scope };
  return [
    to(m.board_tab_board(), resolve('/scopes/[scope]/(board)', pageParams)),
    to(m.standup_title(), resolve('/scopes/[scope]/standup', pageParams)),
    to(m.exception_title(), resolve('/scopes/[scope]/exceptions', pageParams)),
    to(m.approvals_title(), resolve('/scopes/[scope]/approvals', pageParams)),
    to(m.board_tab_waivers(), resolve('/scopes/[scope]/waivers', pageParams)),
    to(m.board_tab_rules(), resolve('/scopes/[scope]/rules', pageParams)),
    to(m.board_tab_people(), resolve('/scopes/[scope]/people', pageParams)),
    to(m.board_tab_activity(), resolve('/scopes/[scope]/activity', pageParams)),
    to(m.board_tab_import(), resolve('/scopes/[scope]/import', pageParams)),
    all,
  ];
}
