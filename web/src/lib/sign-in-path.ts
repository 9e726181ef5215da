/** The address of the sign-in page that returns to this page, with its query. */
export const signInPath = ({ pathname, search }: Pick<URL, 'pathname' | 'search'>): string =>
  `/sign-in?from=${encodeURIComponent(pathname + search)}`;
