import { execFileSync } from 'node:child_process';
import path from 'node:path';

export const name = 'an editor changes an article with the preview beside, tries it, saves it and takes it back';

const ADDRESS = '/desk/articles/nb/vpn-hjemmekontor';
const WORDS = 'Ring vaktnummeret når tunnelen faller ned om natten.';

export default async function ({ open, house, employee, signIn, expect }) {
  const git = (...args) => execFileSync('git', ['-C', path.join(house.folder, 'kb'), ...args], { stdio: 'pipe' });
  git('init', '--quiet');
  git('add', '.');
  git('-c', 'user.name=Per', '-c', 'user.email=per@kommune.example', 'commit', '--quiet', '-m', 'Begynnelsen');
  await house.restart();

  const page = await open({ person: await signIn({ name: 'Eli Editor', roles: ['editor'] }) });
  await page.goto(ADDRESS);
  const body = page.locator('#body');
  await body.fill(`${await body.inputValue()}\n\n${WORDS}\n`);
  await page.locator('#preview', { hasText: WORDS }).waitFor();
  expect.doesNotMatch(await employee().gets('/kb/nb/vpn-hjemmekontor'), /vaktnummeret/, 'nothing is out yet');

  await page.click('#try');
  await page.locator('#trial .lead').waitFor();
  await page.click('#save');
  await page.locator('#said-back', { hasText: 'Lagret' }).waitFor();
  await expect.soon(async () => expect.match(await employee().gets('/kb/nb/vpn-hjemmekontor'), /vaktnummeret/));

  await page.goto(`${ADDRESS}/history`);
  await page.locator('.versions a').last().click();
  await page.locator('form[action$="/restore"] button').click();
  await page.waitForURL(`**${ADDRESS}**`);
  await expect.soon(async () => expect.doesNotMatch(await employee().gets('/kb/nb/vpn-hjemmekontor'), /vaktnummeret/));
}
