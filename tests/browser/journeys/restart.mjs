export const name = 'the program is started anew while a chat and a desk are open: both catch up, nothing is lost or doubled';

export default async function ({ house, open, employee, signIn, expect }) {
  const eva = employee();
  await eva.posts('/chat', { text: 'Adgangskortet virker ikke på døra til laben', name: 'Eva Nilsen' });
  await eva.posts('/chat', { text: 'Jeg vil snakke med en person' });
  const kari = await signIn({ roles: ['operator'] });
  await kari.posts('/desk/tickets/1001/take');
  const [chat, desk] = [await open({ person: eva }), await open({ person: kari })];
  await chat.goto('/');
  await desk.goto('/desk/tickets/1001');
  await kari.posts('/desk/tickets/1001/reply', { text: 'Før omstarten.' });
  await chat.locator('.line', { hasText: 'Før omstarten.' }).waitFor();
  await desk.locator('#reply-text').fill('Et utkast som skal bli stående.');
  const noise = /ERR_CONNECTION|ERR_INCOMPLETE_CHUNKED|ERR_EMPTY_RESPONSE|Failed to load resource/;

  await house.restart();
  await kari.posts('/desk/tickets/1001/reply', { text: 'Etter omstarten.' });
  await eva.posts('/chat', { text: 'Takk, nå virker det.' });
  for (const page of [chat, desk]) {
    for (const text of ['Før omstarten.', 'Etter omstarten.', 'Takk, nå virker det.']) {
      const lines = page.locator('#log .line', { hasText: text });
      await lines.first().waitFor();
      expect.equal(await lines.count(), 1, `${text} once`);
    }
  }
  expect.equal(await desk.locator('#reply-text').inputValue(), 'Et utkast som skal bli stående.');
  return { forgives: noise };
}
