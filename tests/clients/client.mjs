// A person's client of Discord, made of discord.js: it knows nothing of Firstline and nothing of the fake.
// discord.js is for bots, so what only people do (pressing, commanding) is sent as the platform's own client sends it.
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const packages = createRequire(path.join(process.env.FIRSTLINE_TEST_PACKAGES ?? here, 'package.json'));
const { Client, Events, GatewayIntentBits, MessageFlags, Partials } = packages('discord.js');

const PATIENCE = 20_000;

/** Somebody at their client. */
export class Person {
  #client;
  #session;
  #heard = [];
  #waiting = new Set();
  #forms = [];
  #opening = new Set();

  /** Signs in and waits until the guild is there. */
  static async signsIn(api, token) {
    const person = new Person();
    await person.#begin(api, token);
    return person;
  }

  async #begin(api, token) {
    const { Guilds, GuildMessages, DirectMessages, MessageContent } = GatewayIntentBits;
    const intents = [Guilds, GuildMessages, DirectMessages, MessageContent];
    this.#client = new Client({ intents, partials: [Partials.Channel], rest: { api: `${api}/api`, retries: 0 } });
    this.#client.on('raw', (event) => {
      if (event.t === 'READY') this.#session = event.d.session_id;
      if (event.t === 'INTERACTION_MODAL_CREATE') this.#see(event.d);
    });
    for (const event of [Events.MessageCreate, Events.MessageUpdate]) {
      this.#client.on(event, (...messages) => this.#hear(messages.at(-1)));
    }
    const ready = new Promise((resolve) => { this.#client.once(Events.ClientReady, resolve); });
    await this.#client.login(token);
    await within(ready, 'the guild');
  }

  get name() { return this.#client.user.displayName; }

  get id() { return this.#client.user.id; }

  get isBot() { return this.#client.user.bot; }

  /** The names of the rooms that the person sees, in order. */
  get rooms() {
    return this.#client.channels.cache.filter((channel) => channel.name).map((channel) => channel.name).sort();
  }

  /** Waits until the person sees a room: whoever is taken into a thread learns that there is one. */
  async hasRoom(name) {
    if (this.rooms.includes(name)) return;
    const opened = new Promise((resolve) => {
      this.#client.on(Events.ThreadCreate, (thread) => { if (thread.name === name) resolve(); });
    });
    await within(opened, `the room ${name}`);
  }

  /** Writes in a room of the guild. */
  async writes(room, text) { return this.#room(room).send(text); }

  /** Writes to the bot alone. */
  async writesAlone(bot, text) {
    const user = await this.#client.users.createDM(bot);
    return user.send(text);
  }

  /** Waits for a message, new or changed, that fits. What came earlier counts too. */
  async reads(what, fits) {
    const earlier = this.#heard.findLast(fits);
    if (earlier) return earlier;
    let listener;
    const heard = new Promise((resolve) => {
      listener = (message) => { if (fits(message)) resolve(message); };
      this.#waiting.add(listener);
    });
    try {
      return await within(heard, what);
    } finally {
      this.#waiting.delete(listener);
    }
  }

  /** Presses the button with this label. */
  async presses(message, label) {
    const button = message.components.flatMap((row) => row.components).find((one) => one.label === label);
    if (!button) throw new Error(`there is no ${label} among ${labels(message)}`);
    const data = { component_type: button.type, custom_id: button.customId };
    await this.#acts(3, message.channel, { message_id: message.id, message_flags: message.flags.bitfield, data });
  }

  /** Waits for a form and sends it with this text in its only field. */
  async fillsIn(text) {
    const form = this.#forms.shift() ?? await within(new Promise((resolve) => { this.#opening.add(resolve); }), 'a form');
    const [field] = form.components.flatMap((row) => row.components);
    const components = [{ type: 1, components: [{ type: field.type, custom_id: field.custom_id, value: text }] }];
    const channel = await this.#client.channels.fetch(form.channel_id);
    await this.#acts(5, channel, { data: { id: form.id, custom_id: form.custom_id, components } });
    return form.title;
  }

  /** Gives a command of the bot's, with options as the platform's own client sends them. */
  async commands(room, name, options) {
    const { application_commands: known } = await this.#index();
    const command = known.find((one) => one.name === name);
    if (!command) throw new Error(`there is no /${name} among ${known.map((one) => one.name)}`);
    const { id, version, type } = command;
    await this.#acts(2, this.#room(room), { data: { id, version, name, type, options, attachments: [] } });
  }

  /** What the platform's own client shows when somebody types a slash. */
  async #index() {
    return this.#client.rest.get(`/guilds/${this.#client.guilds.cache.first().id}/application-command-index`);
  }

  async #acts(type, channel, more) {
    const { applications: [application] } = await this.#index();
    const where = { channel_id: channel.id, ...(channel.guildId && { guild_id: channel.guildId }) };
    const body = { type, application_id: application.id, session_id: this.#session, nonce: `${Date.now()}`, ...where, ...more };
    await this.#client.rest.post('/interactions', { body });
  }

  #room(name) {
    const room = this.#client.channels.cache.find((channel) => channel.name === name);
    if (!room) throw new Error(`${this.name} does not see ${name}`);
    return room;
  }

  #see(form) {
    const [first] = this.#opening;
    if (!first) return this.#forms.push(form);
    this.#opening.delete(first);
    return first(form);
  }

  #hear(message) {
    this.#heard.push(message);
    for (const listener of this.#waiting) listener(message);
  }

  async leaves() { await this.#client.destroy(); }
}

/** Whether only this person sees a message. */
export const isForOneOnly = (message) => message.flags.has(MessageFlags.Ephemeral);

/** The labels of a message's buttons. */
export const labels = (message) => message.components.flatMap((row) => row.components).map((button) => button.label);

async function within(promise, what) {
  let timer;
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error(`waited in vain for ${what}`)), PATIENCE); });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
