import type { CDPSession, Locator, Page } from '@playwright/test';

/** A phone in portrait. */
export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

export interface Finger {
  down(on: Locator): Promise<void>;
  /** Moves there in small steps, like a finger, and rests. */
  to(point: { x: number; y: number }): Promise<void>;
  up(): Promise<void>;
}

/** One finger on the page: real touch events of the browser, so that scrolling and lifting compete as on a phone. */
export async function fingerOn(page: Page): Promise<Finger> {
  const session: CDPSession = await page.context().newCDPSession(page);
  let at = { x: 0, y: 0 };
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd') =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [at] });
  return {
    async down(on) {
      const box = (await on.boundingBox())!;
      at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      await send('touchStart');
    },
    async to(point) {
      const from = at;
      const steps = 12;
      for (let step = 1; step <= steps; step++) {
        at = { x: from.x + ((point.x - from.x) * step) / steps, y: from.y + ((point.y - from.y) * step) / steps };
        await send('touchMove');
      }
    },
    up: () => send('touchEnd').then(() => undefined),
  };
}
