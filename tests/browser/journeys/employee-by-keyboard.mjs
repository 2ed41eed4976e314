export const name = 'an employee asks, is answered and is handed to a person, by keyboard alone';

export default async function ({ open, keyboard, expect }) {
  const page = await open();
  await page.goto('/');
  await page.keyboard.press('Tab');
  expect.match(await page.evaluate(() => document.activeElement.getAttribute('href')), /#main/, 'the first stop leads past the menu');
  await page.keyboard.press('Enter');
  await keyboard.type(page, page.locator('#text'), 'Hvordan kobler jeg til VPN hjemmefra?');
  await page.keyboard.press('Enter');
  await page.locator('#log .line.answer').waitFor();
  expect(await page.evaluate(() => document.activeElement.id) === 'text', 'one can go on typing');
  await keyboard.press(page, page.locator('#choices button', { hasText: 'snakke med en person' }));
  await page.locator('#status').getByText('Sak 1001').waitFor();
  expect(await page.evaluate(() => document.activeElement !== document.body), 'the focus is not lost');
  await keyboard.type(page, page.locator('#text'), 'Jeg sitter hjemme i dag.');
  await page.keyboard.press('Enter');
  await page.locator('#log .line.employee', { hasText: 'Jeg sitter hjemme' }).waitFor();
}
