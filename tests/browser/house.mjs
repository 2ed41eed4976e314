// The program in a folder of its own, with a copy of the sample articles, and the people who use it.
import { execFile, spawn } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { binary, checkout } from './packages.mjs';

const run = promisify(execFile);

/** Somebody who uses the pages without a browser: keeps cookies, follows nothing. */
export class Person {
  constructor(base) {
    this.base = base;
    this.jar = new Map();
  }

  async send(address, options = {}) {
    const cookie = [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { 'Accept-Language': 'nb', ...(cookie && { Cookie: cookie }), ...options.headers };
    const answer = await fetch(new URL(address, this.base), { ...options, headers, redirect: 'manual' });
    for (const set of answer.headers.getSetCookie()) {
      const [, name, value] = set.match(/^([^=]+)=([^;]*)/);
      this.jar.set(name, value);
    }
    if (answer.status >= 400) throw new Error(`${options.method ?? 'GET'} ${address}: ${answer.status}`);
    return answer;
  }

  /** The page's text. */
  async gets(address) {
    return (await this.send(address)).text();
  }

  /** Sends a form. */
  async posts(address, fields = {}) {
    return this.send(address, { method: 'POST', body: new URLSearchParams(fields) });
  }

  /** What a browser needs to be this person. */
  cookies() {
    return [...this.jar].map(([name, value]) => ({ name, value, url: this.base }));
  }
}

/** The program, running. */
export class House {
  /** Starts it; `settings` are environment variables. */
  static async open(settings = {}) {
    const house = new House();
    house.folder = await mkdtemp(path.join(tmpdir(), 'firstline-browser-'));
    house.settings = settings;
    await cp(path.join(checkout, 'kb'), path.join(house.folder, 'kb'), { recursive: true });
    await house.start('127.0.0.1:0');
    return house;
  }

  environment(listen) {
    const foreign = Object.entries(process.env).filter(([name]) => !name.startsWith('FIRSTLINE_'));
    const own = { FIRSTLINE_LISTEN: listen, FIRSTLINE_DATA: path.join(this.folder, 'data'), FIRSTLINE_KB: path.join(this.folder, 'kb') };
    return { ...Object.fromEntries(foreign), ...own, ...this.settings };
  }

  async start(listen) {
    this.child = spawn(binary(), [], { cwd: this.folder, env: this.environment(listen), stdio: ['ignore', 'pipe', 'pipe'] });
    this.log = '';
    this.child.stderr.on('data', (data) => { this.log += data; });
    this.ended = new Promise((resolve) => this.child.once('exit', resolve));
    let screen = '';
    for await (const data of this.child.stdout) {
      screen += data;
      if (screen.includes('Ctrl-C')) break;
    }
    const found = screen.match(/Employees ask\s+(\S+)/);
    if (!found) throw new Error(`the program does not run:\n${screen}${this.log}`);
    this.base = found[1].replace(/\/$/, '');
  }

  /** Stops it and starts it again at the same address. */
  async restart() {
    await this.halt();
    await this.start(new URL(this.base).host);
  }

  async halt() {
    this.child.kill('SIGTERM');
    await this.ended;
  }

  /** Stops it for good. */
  async close() {
    await this.halt();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** An employee whom nobody knows yet. */
  employee() {
    return new Person(this.base);
  }

  /** The path of a link that signs somebody in once. */
  async link({ name = 'Kari Berg', roles = ['administrator'], groups = [] } = {}) {
    const options = [...roles.flatMap((role) => ['--role', role]), ...groups.flatMap((group) => ['--group', group])];
    const { stdout } = await run(binary(), ['sign-in-link', '--name', name, ...options], { cwd: this.folder, env: this.environment('127.0.0.1:0') });
    const { pathname, search } = new URL(stdout.split('\n')[0]);
    return pathname + search;
  }

  /** Somebody who has signed in to the desk with these roles. */
  async signIn(who = {}) {
    const address = await this.link(who);
    const person = new Person(this.base);
    await person.gets(address);
    const token = new URL(address, this.base).searchParams.get('token');
    await person.posts('/desk/sign-in', { token, name: who.name ?? 'Kari Berg' });
    return person;
  }
}
