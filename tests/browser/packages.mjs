// Where the browser tests find what they need: npm's packages, Chromium and the program.
// The Rust test that runs them names each in the environment; by hand, `npm ci --ignore-scripts` in this folder is enough.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));

/** The repository's folder. */
export const checkout = path.resolve(here, '../..');

const packages = createRequire(path.join(process.env.FIRSTLINE_TEST_PACKAGES ?? here, 'package.json'));

/** The source of axe-core, to be run inside a page. */
export const axe = await readFile(packages.resolve('axe-core/axe.min.js'), 'utf8');

/** The program: as the environment names it, else the newest that was built here. */
export function binary() {
  const target = process.env.CARGO_TARGET_DIR ?? path.join(checkout, 'target');
  const known = [process.env.FIRSTLINE_TEST_BINARY, path.join(target, 'release/firstline'), path.join(target, 'debug/firstline')];
  const found = known.find((file) => file && existsSync(file));
  if (!found) throw new Error('no program: run `cargo build`, or name it with FIRSTLINE_TEST_BINARY');
  return found;
}

/** Chromium, without anything that would make it call somebody. */
export function launch() {
  const known = [process.env.FIRSTLINE_TEST_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const executablePath = known.find((file) => file && existsSync(file));
  if (!executablePath) throw new Error('no Chromium: install it, or name it with FIRSTLINE_TEST_CHROMIUM');
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'];
  return packages('playwright-core').chromium.launch({ executablePath, args });
}
