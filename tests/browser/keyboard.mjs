// Going through a page with the keyboard alone.
import assert from 'node:assert/strict';

const MOST_STOPS = 150;

/** Presses Tab until this element has the focus. Wherever the focus stops on the way, it must be seen. */
export async function tabTo(page, target, key = 'Tab') {
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    if (await target.evaluate((element) => element === document.activeElement).catch(() => false)) return;
    await page.keyboard.press(key);
    const unseen = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const { outlineStyle, boxShadow } = getComputedStyle(element);
      const seen = outlineStyle !== 'none' || boxShadow !== 'none' || element.matches('main, :has(:focus-visible)');
      return seen ? null : element.outerHTML.slice(0, 200);
    });
    assert.equal(unseen, null, 'the focus cannot be seen');
  }
  assert.fail(`Tab never comes to ${target}`);
}

/** Goes to a button or link and presses Enter. */
export async function press(page, target) {
  await target.waitFor();
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

/** Goes to a field and types. */
export async function type(page, target, text) {
  await target.waitFor();
  await tabTo(page, target);
  await page.keyboard.type(text);
}
