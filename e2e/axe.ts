import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/**
 * Expects axe to find no violation on the page as it is shown. Only violations are described: otherwise axe works out
 * a selector for each element that passes, which takes most of its time. The legacy mode, which does not look into
 * frames of other origins, saves a second page for each run: Heapscape has no frames.
 */
export async function expectNoViolations(page: Page, shown?: string): Promise<void> {
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  expect((await axe.analyze()).violations, shown).toEqual([]);
}
