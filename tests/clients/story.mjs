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
console.log(`Kari fills in: ${await kari.fillsIn('Da skal alt virke.')}`);
const asked = saw(ola, await ola.reads('whether it is solved', (message) => fromBot(message) && message.channel.isDMBased() && labels(message).length > 0));
await ola.presses(asked, labels(asked)[0]);

await ola.commands('hjelp', 'sak', [{ type: 1, name: 'list', options: [] }]);
saw(ola, await ola.reads('her tickets', (message) => isForOneOnly(message) && message.content !== ''));

await per.commands('hjelp', 'spør', [{ type: 3, name: 'question', value: 'Hvordan kobler jeg til VPN hjemmefra?' }]);
const alone = saw(per, await per.reads('an answer for him alone', (message) => isForOneOnly(message) && labels(message).length > 0));
await per.presses(alone, 'Det hjalp');
saw(per, await per.reads('that it is noted', (message) => isForOneOnly(message) && message.id > alone.id && message.content !== ''));

const between = await per.writesAlone(answer.author.id, 'Jeg har glemt passordet mitt');
saw(per, await per.reads('the answer between the two', (message) => fromBot(message) && message.channelId === between.channelId));

await Promise.all(people.map((one) => one.leaves()));
