export const name = 'an operator registers a phone call: help comes up while typing, nothing typed is lost, and it is saved once';

export default async function ({ open, signIn, expect }) {
  const page = await open({ person: await signIn({ roles: ['operator'] }) });
  await page.goto('/desk/call');
  await page.locator('#text').focus();
  await page.keyboard.type('Hun har glemt passordet sitt');
  await page.locator('#help .suggestion').first().waitFor();
  await expect.soon(async () => expect.match(await page.textContent('#announce'), /Artikler som ligner: [1-9]/));

  await page.fill('#email', 'feil');
  await page.fill('#name', 'Anne');
  await page.click('button[value=keep]');
  await page.locator('#email-flaw').waitFor();
  expect.equal(await page.evaluate(() => document.activeElement.id), 'email');
  expect.equal(await page.inputValue('#text'), 'Hun har glemt passordet sitt');
  expect.equal(await page.inputValue('#name'), 'Anne');

  await page.fill('#email', '');
  await page.locator('[data-helped]').first().click();
  expect.ok((await page.inputValue('#helped')).includes('/kb/nb/'));
  await page.locator('button[value=solved]').dblclick();
  await page.waitForURL('**/desk/call?saved=1001');
  await page.goto('/desk?view=resolved');
  expect.equal(await page.locator('[data-row]').count(), 1);
}
