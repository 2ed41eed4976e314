// axe-core on every page in light and dark, in bokmål, nynorsk and English, wide and at 320 px (1280 px at 400 % zoom),
// where nothing may need scrolling sideways. No violation of WCAG 2.0 to 2.2 A and AA or of axe's best practices is let through.
// Each page is seen in bokmål in every way, and in the other languages in one way each; FIRSTLINE_TEST_EVERY_WAY=1 sees all.
// `node tests/browser/accessible.mjs ticket` looks only at pages with this in their names.
import { open, withBrowser } from './browser.mjs';
import { House } from './house.mjs';
import { axe } from './packages.mjs';
import { SETTINGS, furnish, pages } from './pages.mjs';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];
const EVERY_WAY = [[1280, 'light'], [1280, 'dark'], [320, 'light'], [320, 'dark']];
const everything = Boolean(process.env.FIRSTLINE_TEST_EVERY_WAY);
const WAYS = { nb: EVERY_WAY, nn: everything ? EVERY_WAY : [[1280, 'dark']], en: everything ? EVERY_WAY : [[320, 'light']] };
const only = process.argv[2];

/** Once the page is drawn as it is to be seen now. */
function drawn(page) {
  return page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
}

/** What axe finds on the page as it stands. */
async function violations(page) {
  const found = await page.evaluate(async (tags) => {
    const options = { runOnly: tags, rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'] };
    const { violations } = await window.axe.run(document, options);
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id} at ${node.target.join(' ')}: ${node.failureSummary}`));
  }, TAGS);
  return found.map((text) => text.replace(/\s+/g, ' '));
}

/** What reaches beyond the right edge and is not in a box that scrolls by itself. */
function sticksOut(page) {
  return page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const out = [...document.body.querySelectorAll('*')].filter((it) => it.getBoundingClientRect().right > root.clientWidth + 1);
    return [`${root.scrollWidth} px wide, because of ${out.slice(0, 3).map((it) => it.outerHTML.slice(0, 120)).join(' | ')}`];
  });
}

/** Everything about one page in one language. */
async function look(browser, house, people, { name, who, address, status }, lang) {
  const { context, page, problems } = await open(browser, house, { person: people[who], lang });
  await context.addCookies([{ name: 'firstline_lang', value: lang, url: house.base }]);
  const answer = await page.goto(address);
  const told = (what) => problems.push(what);
  if (answer.status() !== status) told(`status ${answer.status()}, not ${status}`);
  if (await page.locator('html').getAttribute('lang') !== lang) told('another language');
  await page.evaluate(axe);
  // What is folded away is looked at too.
  await page.evaluate(() => { for (const folded of document.querySelectorAll('details')) folded.open = true; });
  for (const [width, scheme] of WAYS[lang]) {
    await page.setViewportSize({ width, height: width * 0.8 });
    await page.emulateMedia({ colorScheme: scheme });
    await drawn(page);
    for (const found of await violations(page)) told(`${scheme}, ${width} px: ${found}`);
  }
  await page.setViewportSize({ width: 320, height: 256 });
  for (const found of await sticksOut(page)) told(`320 px: ${found}`);
  await context.close();
  return problems.map((problem) => `${name} (${lang}): ${problem}`);
}

const house = await House.open(SETTINGS);
try {
  const furnished = await furnish(house);
  const wanted = pages(furnished).filter(({ name }) => !only || name.includes(only));
  const work = wanted.flatMap((page) => ['nb', 'nn', 'en'].map((lang) => [page, lang]));
  const problems = await withBrowser(async (browser) => {
    const found = [];
    const worker = async () => {
      for (let next = work.shift(); next; next = work.shift()) {
        found.push(...await look(browser, house, furnished.people, ...next));
      }
    };
    await Promise.all([worker(), worker(), worker()]);
    return found;
  });
  console.log(`${wanted.length} pages in three languages, light and dark, wide and narrow: ${problems.length} problems`);
  for (const problem of problems.sort()) console.log(`- ${problem}`);
  process.exitCode = problems.length ? 1 : 0;
} finally {
  await house.close();
}
