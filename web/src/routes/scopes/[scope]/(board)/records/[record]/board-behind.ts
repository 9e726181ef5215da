import { onDestroy } from 'svelte';
import { browser } from '$app/env';
import { afterNavigate, goto } from '$app/navigation';
import { resolve } from '$app/paths';
import { page } from '$app/state';

const board = '/scopes/[scope]/(board)';

/**
 * Closes what lies over the board. Who came from the board goes back to it as they left it; who came by a link gets it
 * in place of this page. Either way the keyboard is on the record's card again. Call it while a component is made.
 */
export function boardBehind(): () => void {
  let cameFromBoard = false;
  afterNavigate(({ from, to, type }) => {
    if (from?.route.id !== to?.route.id) cameFromBoard = from?.route.id === board && type !== 'popstate';
  });
  const { record } = page.params;
  onDestroy(() => {
    if (browser && record) focusCard(record);
  });
  return () => {
    if (cameFromBoard) history.back();
    else void goto(resolve(board, { scope: page.params['scope']! }), { replaceState: true });
  };
}

/** A navigation takes the focus off the link it began on, so that the sheet cannot give it back by itself. */
function focusCard(record: string): void {
  setTimeout(() => {
    if (document.activeElement !== document.body) return;
    document.querySelector<HTMLElement>(`a[href*="/records/${CSS.escape(record)}"]`)?.focus({ preventScroll: true });
  });
}
