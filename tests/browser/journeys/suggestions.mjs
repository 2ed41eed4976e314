export const name = 'articles are suggested while one types, and chosen by keyboard';

export default async function ({ open, expect }) {
  const page = await open();
  await page.goto('/');
  const field = page.getByRole('combobox');
  await field.pressSequentially('glemt pas');
  const options = page.getByRole('option');
  await options.first().waitFor();
  expect.equal(await field.getAttribute('aria-expanded'), 'true');
  expect.match(await page.locator('#announce').innerText(), /^\d+ forslag/, 'those who listen hear how many there are');
  await field.press('Escape');
  await options.first().waitFor({ state: 'hidden' });
  expect.equal(await field.inputValue(), 'glemt pas', 'what was typed stays');
  await field.press('ArrowDown');
  await options.first().waitFor();
  await field.press('ArrowDown');
  expect.equal(await field.getAttribute('aria-activedescendant'), await options.first().getAttribute('id'));
  await field.press('Enter');
  await page.waitForURL(/\/kb\/nb\/glemt-passord/);
  await page.goBack();
  expect.equal(await page.locator('#text').inputValue(), 'glemt pas', 'one can ask anyway');
}
