import { onDestroy } from 'svelte';
import { browser } from '$app/env';
import { afterNavigate, goto } from '$app/navigation';
import { resolve } from '$app/paths';
import { page } from '$app/state';
import { boardSearch } from '#features/board/state/board-address.ts';

const board = '/scopes/[scope]/(board)';

/**
 * Closes the record over the board. A person who came from another page, the board or the rules, returns to it as they
 * left it. A person who came by a link gets the board in place of this page, with the focus on the record's card. Call
 * it during component initialisation.
 */
export function boardBehind(): () => void {
  let cameFromPage = false;
  afterNavigate(({ from, to, type }) => {
    if (from?.route.id !== to?.route.id) cameFromPage = type !== 'popstate' && isPage(from?.route.id ?? '');
  });
  const { record } = page.params;
  onDestroy(() => {
    if (browser && record) focusCard(record);
  });
  return () => {
    if (cameFromPage) history.back();
    else {
      const to = resolve(board, { scope: page.params['scope']! }) + boardSearch(page.url.searchParams);
      void goto(to, { replace: true });
    }
  };
}

/** Excludes the sign-in page, which is no target for going back. */
const isPage = (route: string) => route.startsWith('/scopes/') || route.startsWith('/inbox');

/**
 * Focuses the record's card. A navigation removes the focus from the link it began on, so that the sheet cannot restore
 * it by itself.
 */
function focusCard(record: string): void {
  setTimeout(() => {
    if (document.activeElement !== document.body) return;
    document.querySelector<HTMLElement>(`a[href*="/records/${CSS.escape(record)}"]`)?.focus({ preventScroll: true });
  });
}
