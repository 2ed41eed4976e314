// What pages weigh on the wire, how many requests they take, and how long the first answer takes to be on the screen.
// Limits are held: the first page under 60 KB compressed, our own JavaScript on any page under 10 KB compressed.
import { open, withBrowser } from './browser.mjs';
import { House } from './house.mjs';
import { SETTINGS, furnish } from './pages.mjs';

const FIRST_PAGE = 60_000;
const OWN_SCRIPT = 10_000;
/** Where the first page has to be seen, in ms, however slow the machine that tests is. */
const ANSWER = 5_000;

/** Loads a page with an empty cache; its parts with their sizes on the wire and unpacked. */
async function load(browser, house, address, person) {
  const { context, page, problems } = await open(browser, house, { person });
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  const parts = new Map();
  session.on('Network.responseReceived', ({ requestId, response, type }) => {
    parts.set(requestId, { type, url: new URL(response.url).pathname, wire: 0, raw: 0, streams: response.mimeType === 'text/event-stream' });
  });
  session.on('Network.dataReceived', ({ requestId, dataLength }) => { if (parts.has(requestId)) parts.get(requestId).raw += dataLength; });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (parts.has(requestId)) parts.get(requestId).wire = encodedDataLength;
  });
  await page.goto(address, { waitUntil: 'load' });
  await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length);
  const painted = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime);
  await context.close();
  if (problems.length) throw new Error(problems.join('\n'));
  return { parts: [...parts.values()].filter(({ streams }) => !streams), painted };
}

const sum = (parts, key) => parts.reduce((total, part) => total + part[key], 0);
const kb = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

/** From pressing Enter until the answer stands there, in ms. */
async function firstAnswer(browser, house, question) {
  const { context, page } = await open(browser, house);
  await page.goto('/');
  await page.locator('#text').fill(question);
  const took = page.evaluate(() => new Promise((resolve, reject) => {
    let began;
    setTimeout(reject, 30_000, new Error('there is no answer'));
    addEventListener('keydown', () => { began ??= performance.now(); }, true);
    new MutationObserver(() => {
      if (document.querySelector('#log .line.bot')) requestAnimationFrame(() => resolve(performance.now() - began));
    }).observe(document.body, { childList: true, subtree: true });
  }));
  await page.locator('#text').press('Enter');
  const ms = await took;
  await context.close();
  return ms;
}

const house = await House.open(SETTINGS);
try {
  await withBrowser(async (browser) => {
    const { people } = await furnish(house);
    const broken = [];
    for (const [name, address, person] of [
      ['first page', '/', undefined],
      ['chat with an answer', '/', people.ola],
      ['article', '/kb/nb/vpn-hjemmekontor', undefined],
      ['queue', '/desk', people.operator],
      ['ticket', '/desk/tickets/1002', people.operator],
    ]) {
      const { parts, painted } = await load(browser, house, address, person);
      const scripts = parts.filter(({ type }) => type === 'Script');
      console.log(`${name}: ${kb(sum(parts, 'wire'))} on the wire (${kb(sum(parts, 'raw'))} unpacked) in ${parts.length} requests; `
        + `own JavaScript ${kb(sum(scripts, 'wire'))} (${kb(sum(scripts, 'raw'))} unpacked); first paint after ${painted.toFixed(0)} ms`);
      if (sum(parts, 'wire') >= FIRST_PAGE) broken.push(`${name}: ${kb(sum(parts, 'wire'))} is not under ${kb(FIRST_PAGE)}`);
      if (sum(scripts, 'wire') >= OWN_SCRIPT) broken.push(`${name}: ${kb(sum(scripts, 'wire'))} of JavaScript is not under ${kb(OWN_SCRIPT)}`);
    }
    const times = [];
    for (const question of ['Hvordan kobler jeg til VPN hjemmefra?', 'Jeg har glemt passordet mitt', 'Får ikke skrevet ut', 'Hvordan bytter jeg passord?', 'Hvordan legger jeg til en skriver?']) {
      times.push(await firstAnswer(browser, house, question));
    }
    times.sort((one, other) => one - other);
    console.log(`time to the first answer on the screen: median ${times[2].toFixed(0)} ms, longest ${times[4].toFixed(0)} ms of 5`);
    if (times[2] > ANSWER) broken.push(`the median answer took more than ${ANSWER} ms`);
    for (const limit of broken) console.log(`- ${limit}`);
    process.exitCode = broken.length ? 1 : 0;
  });
} finally {
  await house.close();
}
