import { updated } from '$app/state';

const reloadedKey = 'reloaded for a part';
/** A reload that did not help is not repeated at once. */
const betweenReloadsMs = 60_000;

/** Whether this page is older than the server, and what it lacks because of that. */
class PageVersion {
  /** Something that was pressed could not be fetched, though the page is not older than the server. */
  missing = $state(false);

  /**
   * A part of the page that somebody asked for could not be fetched. Where a newer version was deployed the page is
   * loaded again, unless a dialog holds what was typed; then the banner offers it.
   */
  async partMissing(): Promise<void> {
    const newer = updated.current || (await updated.check().catch(() => false));
    this.missing = !newer;
    if (newer && !document.querySelector('dialog[open]') && canReload()) location.reload();
  }
}

function canReload(): boolean {
  try {
    const last = Number(sessionStorage.getItem(reloadedKey) ?? 0);
    sessionStorage.setItem(reloadedKey, `${Date.now()}`);
    return Date.now() - last > betweenReloadsMs;
  } catch {
    return false;
  }
}

export const pageVersion = new PageVersion();
