export const name = 'the chosen language is kept, and each language has its own words';

export default async function ({ open, expect }) {
  const page = await open({ lang: 'en' });
  await page.goto('/');
  expect.equal(await page.locator('html').getAttribute('lang'), 'en');
  await page.locator('.languages button[lang=nn]').click();
  await page.goto('/chat/tickets');
  expect.equal(await page.locator('html').getAttribute('lang'), 'nn');
  expect.match(await page.locator('h1').innerText(), /Sakene mine/);
}
