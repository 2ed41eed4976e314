export const name = 'an auditor sees everything and changes nothing';

export default async function ({ open, employee, signIn, expect }) {
  const eva = employee();
  await eva.posts('/chat', { text: 'Adgangskortet virker ikke på døra til laben', name: 'Eva Nilsen' });
  await eva.posts('/chat', { text: 'Jeg vil snakke med en person' });
  const auditor = await signIn({ name: 'Ragnhild Revisor', roles: ['auditor'] });
  const page = await open({ person: auditor });
  await page.goto('/desk?view=all');
  await page.locator('main a[href="/desk/tickets/1001"]').first().click();
  await page.waitForURL('**/desk/tickets/1001');
  await page.locator('#log-1001', { hasText: 'Adgangskortet virker ikke' }).waitFor();
  for (const id of ['take-button-1001', 'reply-form-1001', 'note-form-1001', 'resolve-1001']) {
    expect.equal(await page.locator(`#${id}`).count(), 0, `there is no ${id}`);
  }
  for (const [address, fields] of [
    ['/desk/tickets/1001/take', {}],
    ['/desk/tickets/1001/note', { text: 'Hei' }],
    ['/desk/incidents', { kind: 'incident', title_nb: 'Nede', text_nb: 'Nede' }],
  ]) {
    await expect.rejects(auditor.posts(address, fields), / 40[13]/, `${address} is refused`);
  }
  await page.goto('/desk/articles/nb/vpn-hjemmekontor');
  expect.equal(await page.locator('#save').count(), 0, 'an article can be read, and not saved');
  await page.goto('/desk/incidents');
  expect.equal(await page.locator('main a[href="/desk/incidents/new"]').count(), 0);
}
