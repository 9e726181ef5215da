import { navigating, page } from '$app/state';

/**
 * The address of this page or, during a navigation within it, the target address. A choice that changes the address
 * starts from here; otherwise the second of two quick choices would discard the first.
 */
export function nextAddress(): URL | typeof page.url {
  const to = navigating.to?.url;
  return to?.pathname === page.url.pathname ? to : page.url;
}
