// Three people and the bot, through clients that know nothing of Firstline. Prints what each saw, for the Rust test to judge.
import { Person, isForOneOnly, labels } from './client.mjs';

const { api, tokens } = JSON.parse(process.argv[2]);

const first = (message) => message.content.split('\n')[0].replace(/<[@#]\d+>/g, '<…>').replace(/http:\S+?(?=[)\s]|$)/g, 'http:…');
const saw = (who, message) => {
  const seen = isForOneOnly(message) ? ' (only they see it)' : '';
  const choices = labels(message).map((label) => ` [${label}]`).join('');
  console.log(`${who.name} reads${seen}: ${first(message)}${choices}`);
  return message;
};
const fromBot = (message) => message.author.bot && !message.system;

const people = await Promise.all(tokens.map((token) => Person.signsIn(api, token)));
const [ola, kari, per] = people;
for (const one of people) console.log(`${one.name} ${one.isBot ? 'is a bot' : 'is a person'} and sees ${one.rooms.join(', ')}`);

const question = await ola.writes('hjelp', 'Jeg har glemt passordet mitt');
const isAnswer = (message) => fromBot(message) && message.reference?.messageId === question.id;
const answer = saw(ola, await ola.reads('the answer', isAnswer));

const overheard = await per.reads("the answer to Ola's question", isAnswer);
await per.presses(overheard, 'Det hjalp');
saw(per, await per.reads('that it is not his to press', isForOneOnly));

await ola.presses(answer, 'Jeg vil snakke med en person');
const welcome = saw(ola, await ola.reads('the thread', (message) => fromBot(message) && message.channel.isThread() && message.mentions.has(ola.id)));
console.log(`${ola.name} is in ${welcome.channel.name}; ${per.name} sees ${per.rooms.join(', ')}`);

const card = saw(kari, await kari.reads('the card', (message) => labels(message).includes('Ta saken')));
await kari.presses(card, 'Ta saken');
const taken = saw(kari, await kari.reads('the card to change', (message) => message.id === card.id && labels(message).includes('Løst')));
await kari.hasRoom(welcome.channel.name);
await kari.writes(welcome.channel.name, 'Hei, jeg ser på det.');
saw(ola, await ola.reads("Kari's words", (message) => message.author.id === kari.id));
await kari.presses(taken, 'Løst');
const asked = saw(ola, await ola.reads('whether it is solved', (message) => message.channelId === welcome.channelId && labels(message).length > 0));
await ola.presses(asked, labels(asked)[0]);

await ola.commands('hjelp', 'sak');
saw(ola, await ola.reads('her tickets', (message) => isForOneOnly(message) && message.content !== ''));

const alone = await per.writesAlone(answer.author.id, 'Jeg har glemt passordet mitt');
saw(per, await per.reads('the answer between the two', (message) => fromBot(message) && message.channelId === alone.channelId));

await Promise.all(people.map((one) => one.leaves()));
