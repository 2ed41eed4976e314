export const name = 'a coordinator announces an incident, an employee sees it at once, and it ends';

export default async function ({ open, signIn, expect }) {
  const ola = await open();
  await ola.goto('/');
  const page = await open({ person: await signIn({ name: 'Kai Koordinator', roles: ['coordinator'] }) });
  await page.goto('/desk/incidents');
  await page.locator('main a[href="/desk/incidents/new"]').click();
  const field = (name) => page.locator(`main form [name="${name}"]`);
  await field('title_nb').fill('E-posten er nede');
  await field('text_nb').fill('Vi leter etter feilen. Bruk telefon så lenge.');
  await field('services').fill('E-post');
  await field('words').fill('outlook, e-post');
  await page.locator('main form button').last().click();
  await page.waitForURL('**/desk/incidents/1**');

  await ola.reload();
  await ola.locator('#incidents', { hasText: 'E-posten er nede' }).waitFor();
  await ola.locator('#text').fill('Hvorfor henger Outlook i dag?');
  await ola.keyboard.press('Enter');
  await ola.locator('#log', { hasText: 'Bruk telefon så lenge' }).waitFor();

  await page.locator('form[action$="/end"] textarea').first().fill('Alt virker igjen.');
  await page.locator('form[action$="/end"] button').click();
  await page.locator('form[action$="/reopen"]').waitFor();
  await ola.goto('/status');
  expect.match(await ola.locator('main').innerText(), /Alt virker igjen/);
  await ola.goto('/');
  expect.doesNotMatch(await ola.locator('body').innerText(), /E-posten er nede\s+Vi leter/);
}
