// Pictures: the README's (`node pictures.mjs readme docs/screenshot.png`), or every page in light and dark, wide and narrow,
// into a folder (`node pictures.mjs all /tmp/pictures`). docs/screenshots.sh calls both.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { open, withBrowser } from './browser.mjs';
import { House } from './house.mjs';
import { SETTINGS, furnish, pages } from './pages.mjs';

const [what, target] = process.argv.slice(2);
if (!['readme', 'all'].includes(what) || !target) throw new Error('usage: pictures.mjs readme FILE | all FOLDER');

/** Every page, as it is seen. */
async function all(browser, house, folder) {
  await mkdir(folder, { recursive: true });
  const furnished = await furnish(house);
  for (const { name, who, address } of pages(furnished)) {
    for (const [size, width] of [['wide', 1280], ['narrow', 360]]) {
      for (const scheme of ['light', 'dark']) {
        const { context, page } = await open(browser, house, { person: furnished.people[who], scheme, width });
        await page.goto(address);
        await page.screenshot({ path: path.join(folder, `${name}-${size}-${scheme}.png`), fullPage: true });
        await context.close();
      }
    }
  }
}

/** One window's picture. */
async function shot(browser, house, person, address, width) {
  const { context, page } = await open(browser, house, { person, width, height: 1060, deviceScaleFactor: 1.25 });
  await page.goto(address);
  const picture = await page.screenshot();
  await context.close();
  return `data:image/png;base64,${picture.toString('base64')}`;
}

/** The employee's chat and the operator's desk, side by side, from real conversations. */
async function readme(browser, house, file) {
  const [ola, eva] = [house.employee(), house.employee()];
  await ola.posts('/chat', { text: 'Hvordan kobler jeg til VPN hjemmefra?' });
  await eva.posts('/chat', { text: 'Adgangskortet virker ikke på døra til laben', name: 'Eva Nilsen' });
  await eva.posts('/chat', { text: 'Det er en ny dør. Kan jeg få snakke med en person?' });
  const kari = await house.signIn({ roles: ['operator'] });
  await kari.posts('/desk/tickets/1001/take');
  await kari.posts('/desk/tickets/1001/note', { text: 'Dør B-214 kom med i adgangssystemet i går.' });
  await kari.posts('/desk/tickets/1001/reply', { text: 'Hei Eva! Nå har kortet ditt tilgang til B-214. Kan du prøve en gang til?' });
  const windows = [await shot(browser, house, ola, '/', 560), await shot(browser, house, kari, '/desk/tickets/1001', 1000)];
  const context = await browser.newContext({ viewport: { width: 1644, height: 1116 }, deviceScaleFactor: 1.25 });
  const page = await context.newPage();
  await page.setContent(`<style>
    body { margin: 0; padding: 28px; display: flex; gap: 28px; background: #dfe7ec; }
    img { border-radius: 12px; height: 1060px; box-shadow: 0 6px 28px rgb(20 35 50 / .22); }
    </style>${windows.map((picture) => `<img src="${picture}" alt="">`).join('')}`);
  await writeFile(file, await page.screenshot());
}

const house = await House.open(SETTINGS);
try {
  await withBrowser((browser) => (what === 'all' ? all : readme)(browser, house, target));
} finally {
  await house.close();
}
