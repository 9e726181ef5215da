import { onDestroy } from 'svelte';
import { browser } from '$app/env';
import { afterNavigate, goto } from '$app/navigation';
import { resolve } from '$app/paths';
import { page } from '$app/state';
import { boardSearch } from '#features/board/state/board-address.ts';

const board = '/scopes/[scope]/(board)';

/**
 * Closes what lies over the board. Who came from another page, the board or the rules, goes back to it as they left it;
 * who came by a link gets the board in place of this page, with the keyboard on the record's card again. Call it while a
 * component is made.
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

/** Not the sign-in, which nobody goes back to. */
const isPage = (route: string) => route.startsWith('/scopes/') || route.startsWith('/inbox');

/** A navigation takes the focus off the link it began on, so that the sheet cannot give it back by itself. */
function focusCard(record: string): void {
  setTimeout(() => {
    if (document.activeElement !== document.body) return;
    document.querySelector<HTMLElement>(`a[href*="/records/${CSS.escape(record)}"]`)?.focus({ preventScroll: true });
  });
}
