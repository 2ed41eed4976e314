// A browser that notices what must never happen: requests to other hosts, errors on the console, breaches of the policy.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { checkout, launch } from './packages.mjs';

/** Where ours begins in the stylesheet that the program serves. */
const OURS = '/* What Designsystemet (or plain.css in its place) lacks';

/** With FIRSTLINE_TEST_PLAIN=1 pages look as a build without Designsystemet draws them. */
async function plainly(context) {
  const plain = await readFile(path.join(checkout, 'src/desk/assets/css/plain.css'), 'utf8');
  await context.route('**/assets/firstline.css*', async (route) => {
    const answer = await route.fetch();
    const served = await answer.text();
    await route.fulfill({ response: answer, body: `@layer house, ds;\n${plain}${served.slice(served.indexOf(OURS))}` });
  });
}

/** A window of its own, as `person` or as somebody unknown; `problems` fills up with what must not happen. */
export async function open(browser, house, { person, lang = 'nb', scheme = 'light', width = 1280, height = 900, ...more } = {}) {
  const context = await browser.newContext({
    baseURL: house.base, locale: lang, colorScheme: scheme, viewport: { width, height }, reducedMotion: 'reduce', ...more,
  });
  context.setDefaultTimeout(30_000);
  if (process.env.FIRSTLINE_TEST_PLAIN) await plainly(context);
  if (person) await context.addCookies(person.cookies());
  const problems = [];
  context.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol !== 'data:' && origin !== house.base) problems.push(`a request to ${request.url()}`);
  });
  context.on('console', (message) => {
    const refused = /Failed to load resource.*status of 4/.test(message.text()) && message.location().url === message.page()?.url();
    if (message.type() === 'error' && !refused) problems.push(`on the console of ${message.page()?.url()}: ${message.text()}`);
  });
  context.on('weberror', (error) => problems.push(`a script failed: ${error.error()}`));
  return { context, problems, page: await context.newPage() };
}

/** Runs `work` with a browser, which is closed however it ends. */
export async function withBrowser(work) {
  const browser = await launch();
  try {
    return await work(browser);
  } finally {
    await browser.close();
  }
}
