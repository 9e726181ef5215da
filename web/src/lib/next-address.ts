import { navigating, page } from '$app/state';

/**
 * The address of this page, or the one it is on its way to while what that shows is loaded. A choice that changes the
 * address starts from here; otherwise two choices in quick succession would leave only the second.
 */
export function nextAddress(): URL | typeof page.url {
  const to = navigating.to?.url;
  return to?.pathname === page.url.pathname ? to : page.url;
}
