export const name = 'an operator gets about by shortcuts and the palette, which never come between while somebody types';

const focused = (page) => page.evaluate(() => document.activeElement.id);

export default async function ({ open, employee, signIn, expect }) {
  for (const text of ['Skjermen er svart', 'Musen er borte']) {
    const asker = employee();
    await asker.posts('/chat', { text });
    await asker.posts('/chat', { text: 'Jeg vil snakke med en person' });
  }
  const page = await open({ person: await signIn({ roles: ['operator'] }) });
  await page.goto('/desk');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  expect.equal(await focused(page), 'open-1002');
  await page.keyboard.press('k');
  expect.equal(await focused(page), 'open-1001');

  await page.keyboard.press('/');
  await page.keyboard.type('jt?');
  expect.equal(await page.inputValue('#q'), 'jt?', 'what is typed is typed');
  await page.fill('#q', '');
  await page.keyboard.press('Escape');

  await page.keyboard.press('?');
  await page.locator('#keys[open]').waitFor();
  await page.locator('#keys-on').click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  expect.ok(!(await focused(page)).startsWith('open-'), 'letters that are switched off do nothing');

  await page.keyboard.press('Control+k');
  await page.keyboard.type('1002');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/desk/tickets/1002');
  await page.evaluate(() => localStorage.removeItem('firstline.keys'));
  await page.keyboard.press('g');
  await page.keyboard.press('q');
  await page.waitForURL('**/desk');

  await page.keyboard.press('j');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('ta sak');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/desk/tickets/1001');
}
