const placeholderOrigin = 'http://board.invalid';

/** Where to go after signing in: only a path of this site, so that a link cannot send people elsewhere. */
export function wayBack(from: string | null | undefined): string {
  // oxlint-disable-next-line no-control-regex -- browsers drop some of them from an address and read what is left.
  if (!from?.startsWith('/') || /[\u0000-\u001f\u007f\\]/.test(from)) return '/';
  const url = URL.parse(from, placeholderOrigin);
  const path = url && url.origin === placeholderOrigin ? url.pathname + url.search + url.hash : '/';
  return path.startsWith('//') ? '/' : path;
}
