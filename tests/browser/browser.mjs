// A browser that notices what must never happen: requests to other hosts, errors on the console, breaches of the policy.
import { launch } from './packages.mjs';

/** A window of its own, as `person` or as somebody unknown; `problems` fills up with what must not happen. */
export async function open(browser, house, { person, lang = 'nb', scheme = 'light', width = 1280, height = 900, ...more } = {}) {
  const context = await browser.newContext({
    baseURL: house.base, locale: lang, colorScheme: scheme, viewport: { width, height }, reducedMotion: 'reduce', ...more,
  });
  context.setDefaultTimeout(30_000);
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
