export const name = 'new tickets are announced, move nothing, and sound and notify where that is switched on';

export default async function ({ open, employee, signIn, expect }) {
  const asks = async (text) => {
    const asker = employee();
    await asker.posts('/chat', { text });
    await asker.posts('/chat', { text: 'Jeg vil snakke med en person' });
  };
  await asks('Skjermen er svart');
  const page = await open({ person: await signIn({ roles: ['operator'] }) });
  await page.addInitScript(() => {
    Object.assign(window, { told: [], tones: 0 });
    window.Notification = class extends EventTarget {
      static permission = 'granted';
      constructor(title, { body }) { super(); window.told.push(`${title}: ${body}`); }
    };
    const { createOscillator } = AudioContext.prototype;
    AudioContext.prototype.createOscillator = function tone() { window.tones += 1; return createOscillator.call(this); };
  });
  await page.goto('/desk');
  expect.ok(!(await page.isChecked('#alert-sound')) && !(await page.isChecked('#alert-notify')), 'off until somebody switches it on');
  await page.click('#alert-sound');
  await page.click('#alert-notify');
  await page.locator('#open-1001').focus();
  const place = () => page.evaluate(() => [document.activeElement.id, document.activeElement.getBoundingClientRect().top]);
  const before = await place();
  await asks('Hemmelig sak om musen');
  await page.locator('#queue-news[data-count="1"]').waitFor();
  expect.deepEqual(await place(), before, 'neither the focus nor the row has moved');
  const told = await page.evaluate(() => window.told);
  expect.equal(told.length, 1);
  expect.match(told[0], /^Firstline: Ny sak 1002 til /);
  expect.doesNotMatch(told[0], /Hemmelig/);
  expect.equal(await page.evaluate(() => window.tones), 4, 'two tones when it was switched on, two for the ticket');

  await page.click('#news-show');
  await page.locator('tr.fresh[data-row="1002"]').waitFor();
  expect.equal(await page.evaluate(() => document.activeElement.id), 'open-1002');
  expect.ok(await page.isChecked('#alert-sound'), 'the browser remembers');
}
