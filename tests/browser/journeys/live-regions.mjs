export const name = 'what is new is announced to those who hear the page';

/** What a reader of screens would be told: words that are added inside a live region. */
function listens(page) {
  return page.evaluate(() => {
    window.heard = [];
    const live = (node) => (node.nodeType === 1 ? node : node.parentElement)?.closest('[aria-live=polite], [role=log], [role=status], [role=alert]');
    new MutationObserver((changes) => {
      for (const { target, addedNodes } of changes) {
        if (live(target)) window.heard.push(...[...addedNodes].map((node) => node.textContent.trim()).filter(Boolean));
      }
    }).observe(document.body, { childList: true, subtree: true });
  });
}

export default async function ({ open, employee, signIn, expect }) {
  const eva = employee();
  const kari = await signIn({ roles: ['operator'] });
  const queue = await open({ person: kari });
  await queue.goto('/desk');
  await listens(queue);
  await eva.posts('/chat', { text: 'Adgangskortet virker ikke på døra til laben', name: 'Eva Nilsen' });
  await eva.posts('/chat', { text: 'Jeg vil snakke med en person' });
  await expect.soon(async () => expect.ok((await queue.evaluate(() => window.heard)).join(' ').includes('1001'), 'the new ticket'));

  const chat = await open({ person: eva });
  await chat.goto('/');
  await listens(chat);
  await kari.posts('/desk/tickets/1001/take');
  await kari.posts('/desk/tickets/1001/reply', { text: 'Nå har kortet ditt tilgang.' });
  await expect.soon(async () => {
    const heard = (await chat.evaluate(() => window.heard)).join(' ');
    expect.match(heard, /Nå har kortet ditt tilgang/);
    expect.match(heard, /Kari Berg/);
  });
}
