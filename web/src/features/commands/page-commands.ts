import { goto } from '$app/navigation';
import { resolve } from '$app/paths';
import type { Command } from '#lib/commands.svelte.ts';
import { m } from '#lib/paraglide/messages.js';

/** The ways to the pages of a scope; without one, to all scopes. */
export function pageCommands(scope: string | undefined): Command[] {
  const group = m.keys_group_pages();
  const to = (title: string, href: string): Command => ({ title, group, run: () => void goto(href) });
  const all = to(m.app_scopes_all(), '/?all');
  if (!scope) return [all];
  const here = { scope };
  return [
    to(m.board_tab_board(), resolve('/scopes/[scope]/(board)', here)),
    to(m.standup_title(), resolve('/scopes/[scope]/standup', here)),
    to(m.exception_title(), resolve('/scopes/[scope]/exceptions', here)),
    to(m.approvals_title(), resolve('/scopes/[scope]/approvals', here)),
    to(m.board_tab_waivers(), resolve('/scopes/[scope]/waivers', here)),
    to(m.board_tab_rules(), resolve('/scopes/[scope]/rules', here)),
    to(m.board_tab_people(), resolve('/scopes/[scope]/people', here)),
    to(m.board_tab_activity(), resolve('/scopes/[scope]/activity', here)),
    to(m.board_tab_import(), resolve('/scopes/[scope]/import', here)),
    all,
  ];
}
