// Runs every journey in journeys/, or those with the given word in their file's name. A journey is a file with
//   export const name = 'what happens';
//   export default async function ({ browser, house, employee, signIn, open, keyboard, expect }) { … }
// Each has the program to itself. `open(options)` opens a watched window (see browser.mjs); what it notices fails the journey,
// unless it gives back `{ forgives: /…/ }` for what it brought about on purpose.
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { open, withBrowser } from './browser.mjs';
import { House } from './house.mjs';
import * as keyboard from './keyboard.mjs';

const only = process.argv[2] ?? '';
const folder = new URL('journeys/', import.meta.url);

/** Waits until `check` passes; tells its last complaint where that does not come. */
async function soon(check, patience = 20_000) {
  for (const end = Date.now() + patience; ;) {
    try {
      return await check();
    } catch (complaint) {
      if (Date.now() > end) throw complaint;
      await new Promise((resolve) => { setTimeout(resolve, 50); });
    }
  }
}

async function travel(browser, journey) {
  const house = await House.open(journey.settings);
  const windows = [];
  try {
    const told = await journey.default({
      browser,
      house,
      base: house.base,
      keyboard,
      expect: Object.assign(assert.ok, assert, { soon }),
      employee: () => house.employee(),
      signIn: (who) => house.signIn(who),
      open: async (options) => {
        const window = await open(browser, house, options);
        windows.push(window);
        return window.page;
      },
    });
    return windows.flatMap(({ problems }) => problems).filter((problem) => !told?.forgives?.test(problem));
  } catch (error) {
    return [error.stack, ...windows.flatMap(({ problems }) => problems)];
  } finally {
    for (const { context } of windows) await context.close();
    await house.close();
  }
}

const files = (await readdir(folder)).filter((file) => file.endsWith('.mjs') && file.includes(only)).sort();
let failed = 0;
const total = files.length;
await withBrowser(async (browser) => {
  const worker = async () => {
    for (let file = files.shift(); file; file = files.shift()) {
      const began = Date.now();
      const journey = await import(new URL(file, folder));
      const problems = await travel(browser, journey);
      failed += problems.length ? 1 : 0;
      console.log(`${problems.length ? 'FAILED' : 'ok'} ${file}: ${journey.name} (${Date.now() - began} ms)`);
      for (const problem of problems) console.log(`  - ${problem}`);
    }
  };
  await Promise.all([worker(), worker()]);
});
console.log(`${total} journeys, ${failed} failed`);
process.exitCode = failed || !total ? 1 : 0;
