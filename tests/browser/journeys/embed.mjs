import { createServer } from 'node:http';

export const name = 'the chat on another site: opened, asked and closed by keyboard, the focus goes in and comes back';

// A page of an intranet, with nothing but the one line. Its name is another host's, so the two are two origins.
let script = '';
const intranet = createServer((_, answer) => {
  answer.setHeader('content-type', 'text/html; charset=utf-8');
  answer.end(`<!doctype html><html lang="nn"><title>Intranett</title><h1>Intranett</h1><script src="${script}" async></script>`);
});
await new Promise((resolve) => { intranet.listen(0, '127.0.0.1', resolve); });
intranet.unref();
const origin = `http://127.0.0.1:${intranet.address().port}`;
export const settings = { FIRSTLINE_EMBED_ORIGINS: origin };

async function frameOf(page, expect) {
  return expect.soon(() => {
    const frame = page.frames().find((one) => one.url().includes('/embed'));
    expect(frame, 'there is a frame');
    return frame;
  });
}

export default async function ({ browser, base, expect }) {
  script = `${base}/embed.js`;
  const context = await browser.newContext({ locale: 'nb', reducedMotion: 'reduce' });
  try {
    const page = await context.newPage();
    await page.goto(origin);
    await page.waitForFunction(() => document.querySelector('firstline-chat'));
    const before = await page.evaluate(() => getComputedStyle(document.querySelector('h1')).fontFamily);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const frame = await frameOf(page, expect);
    await frame.waitForFunction(() => document.activeElement?.id === 'text');
    expect.equal(await frame.evaluate(() => document.documentElement.lang), 'nn', 'it speaks the language of the page around it');

    await page.keyboard.type('Eg har gløymt passordet mitt');
    await page.keyboard.press('Enter');
    await frame.locator('#log .line.answer').waitFor();
    await frame.waitForFunction(() => document.activeElement?.id === 'text');
    await page.keyboard.press('Escape');
    await expect.soon(async () => {
      expect.equal(await page.evaluate(() => document.activeElement.localName), 'firstline-chat', 'the focus comes back to the button');
    });
    await page.keyboard.press('Enter');
    await frame.waitForFunction(() => document.activeElement?.id === 'text');
    expect.equal(await frame.locator('#log .line.answer').count(), 1, 'the conversation is still there');
    expect.equal(await page.evaluate(() => getComputedStyle(document.querySelector('h1')).fontFamily), before, 'the page looks as before');
  } finally {
    await context.close();
    intranet.close();
  }
}
