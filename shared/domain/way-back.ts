const placeholderOrigin = 'http://board.invalid';

/**
 * The path to open after signing in. Only paths of this site are allowed, so that a link cannot redirect people
 * elsewhere.
 */
export function wayBack(from: string | null | undefined): string {
  // oxlint-disable-next-line no-control-regex -- browsers strip some of them from a URL and use the rest.
  if (!from?.startsWith('/') || /[\u0000-\u001f\u007f\\]/.test(from)) return '/';
  const url = URL.parse(from, placeholderOrigin);
  const path = url && url.origin === placeholderOrigin ? url.pathname + url.search + url.hash : '/';
  return path.startsWith('//') ? '/' : path;
}
