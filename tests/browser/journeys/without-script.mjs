export const name = 'everything is done with JavaScript off';

export default async function ({ open, signIn, expect }) {
  const ola = await open({ javaScriptEnabled: false });
  await ola.goto('/');
  await ola.locator('#text').fill('Hvordan kobler jeg til VPN hjemmefra?');
  await ola.locator('#compose button:not([name])').last().click();
  await ola.locator('#log .line.answer').waitFor();
  await ola.locator('#choices button', { hasText: 'snakke med en person' }).click();
  await ola.locator('#status').getByText('Sak 1001').waitFor();

  const kari = await open({ javaScriptEnabled: false, person: await signIn({ roles: ['operator'] }) });
  await kari.goto('/desk/tickets/1001');
  await kari.locator('#take-button').click();
  await kari.locator('#reply-text').fill('Hei! Prøv en gang til nå.');
  await kari.locator('#reply-button').click();
  await kari.locator('#log .line.operator', { hasText: 'Prøv en gang til' }).waitFor();
  await kari.locator('#resolve summary').click();
  await kari.locator('#resolve-button').click();
  await kari.locator('#state .tag.resolved').waitFor();

  await ola.reload();
  expect.match(await ola.locator('#log').innerText(), /Prøv en gang til nå/);
  await ola.goto('/chat/tickets');
  expect.match(await ola.locator('main').innerText(), /1001/);
}
