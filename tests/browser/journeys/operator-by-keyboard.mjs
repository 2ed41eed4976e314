export const name = 'an operator takes a ticket, replies and resolves it, by keyboard alone';

export default async function ({ open, employee, signIn, keyboard, expect }) {
  const eva = employee();
  await eva.posts('/chat', { text: 'Adgangskortet virker ikke på døra til laben', name: 'Eva Nilsen' });
  await eva.posts('/chat', { text: 'Jeg vil snakke med en person' });
  const page = await open({ person: await signIn({ roles: ['operator'] }) });
  await page.goto('/desk');
  await keyboard.press(page, page.locator('main a[href="/desk/tickets/1001"]').first());
  await page.waitForURL('**/desk/tickets/1001');
  await keyboard.press(page, page.locator('#take-button'));
  await page.locator('#release-button').waitFor();
  await keyboard.type(page, page.locator('#reply-text'), 'Hei Eva! Nå har kortet ditt tilgang.');
  await keyboard.press(page, page.locator('#reply-button'));
  await page.locator('#log .line.operator', { hasText: 'Nå har kortet' }).waitFor();
  await expect.soon(async () => expect.match(await eva.gets('/'), /Nå har kortet ditt tilgang/));
  await keyboard.press(page, page.locator('#resolve summary'));
  await keyboard.press(page, page.locator('#resolve-button'));
  await page.locator('#state .tag.resolved').waitFor();
  expect(await page.evaluate(() => document.activeElement !== document.body), 'the focus is not lost');
}
