import { updated } from '$app/state';

const reloadedKey = 'reloaded for a part';
/** Minimum time between reloads, in milliseconds, for the case that a reload does not help. */
const betweenReloadsMs = 60_000;

/** Whether this page is older than the server, and which parts fail to load because of that. */
class PageVersion {
  /** A part could not be loaded on demand, although the page is not older than the server. */
  missing = $state(false);

  /**
   * Handles a part of the page that could not be loaded on demand. After a deployment it reloads the page, unless a
   * dialog holds typed text; then the banner offers the reload.
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
