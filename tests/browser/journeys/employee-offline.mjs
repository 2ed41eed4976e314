export const name = 'what is written without a way to the server is kept, marked, and sent once when there is one';

export default async function ({ open, expect }) {
  const page = await open();
  await page.goto('/');
  await page.locator('#text').fill('Jeg har glemt');
  await page.reload();
  expect.equal(await page.locator('#text').inputValue(), 'Jeg har glemt', 'what is not sent survives a reload');
  await page.locator('#text').fill('Jeg har glemt passordet mitt');
  await page.keyboard.press('Enter');
  await page.locator('#log .line.answer').waitFor();

  await page.context().setOffline(true);
  await page.locator('#text').fill('Kan jeg få snakke med en person?');
  await page.keyboard.press('Enter');
  await page.locator('.line.pending', { hasText: 'Ikke sendt ennå' }).waitFor();
  await page.context().setOffline(false);
  await page.locator('#status').getByText('Sak 1001').waitFor();
  await expect.soon(async () => expect.equal(await page.locator('.line.pending').count(), 0, 'nothing is left waiting'));
  expect.equal(await page.locator('.line.employee', { hasText: 'snakke med en person' }).count(), 1, 'it is there once');
  return { forgives: /ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|Failed to load resource/ };
}
