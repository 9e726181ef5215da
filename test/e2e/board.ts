import { expect, type Locator, type Page } from '@playwright/test';
import type { StageKey } from '#shared/contract/stage.ts';

export const column = (page: Page, stage: StageKey): Locator => page.locator(`section[data-stage="${stage}"]`);
export const cardIn = (page: Page, stage: StageKey, id: string): Locator =>
  column(page, stage).locator(`[data-card="${id}"]`);

/** Navigates as a person does and waits until the page is hydrated. */
export async function visit(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.locator('html[data-ready]').waitFor();
}

export async function reload(page: Page): Promise<void> {
  await page.reload();
  await page.locator('html[data-ready]').waitFor();
}

/** Presses the mouse on a card and holds it over a column until the board shows it there: lifted, not yet dropped. */
export async function liftOver(page: Page, id: string, stage: StageKey): Promise<void> {
  const from = (await page.locator(`[data-card="${id}"] .title`).boundingBox())!;
  const to = (await column(page, stage).boundingBox())!;
  await page.mouse.move(from.x + 20, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(from.x + 30, from.y + 20, { steps: 4 });
  await page.mouse.move(to.x + to.width / 2, to.y + 180, { steps: 12 });
  let sway = 0;
  await expect(async () => {
    await page.mouse.move(to.x + to.width / 2 + (sway ^= 1), to.y + 180);
    await expect(column(page, stage)).toHaveClass(/aimed/, { timeout: 500 });
  }).toPass();
}

export async function drop(page: Page): Promise<void> {
  await page.mouse.up();
}
