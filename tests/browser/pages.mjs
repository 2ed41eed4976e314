// Every page that there is. To add one: a row here, and in `furnish` what must have happened for it to show something.
// Columns: what it is called, who looks at it (a key of `people`), its address, its status where that is not 200.

/** With which settings the program runs for them. */
export const SETTINGS = { FIRSTLINE_EMBED_ORIGINS: 'https://intranett.example.no' };

const INCIDENT = {
  kind: 'incident', severity: 'critical', state: 'confirmed', title_nb: 'Labsystemet er nede', title_en: 'The laboratory system is down',
  text_nb: 'Bruk **nødrutinen** på papir.', services: 'Labsystemet', words: 'blodprøvesvar', from: '2026-01-05T09:10', groups: 'clinical',
};
const MAINTENANCE = {
  kind: 'maintenance', severity: 'minor', state: 'announced', title_nb: 'Nytt trådløst nett i B-bygget', text_nb: 'Nettet er borte i ti minutter.',
  services: 'Trådløst nett', from: moment(12), until: moment(13),
};

/** A moment so many hours from now, as a form sends it. */
function moment(hours) {
  return new Date(Date.now() + hours * 3_600_000).toISOString().slice(0, 16);
}

/** What the pages show: people who have asked, and tickets in every state. */
export async function furnish(house) {
  const [ola, eva, per, siri, unknown] = Array.from({ length: 5 }, () => house.employee());
  await ola.posts('/chat', { text: 'Hvordan kobler jeg til VPN hjemmefra?' });
  await unknown.gets('/');
  const offered = house.employee();
  await offered.posts('/chat', { text: 'tilgang' });
  for (const [person, name, text] of [
    [eva, 'Eva Nilsen', 'Adgangskortet virker ikke på døra til laben'],
    [per, 'Per Dahl', 'Eg får ikkje opna kurva til pasienten'],
    [siri, 'Siri Moe', 'The projector in room 214 has a purple stripe'],
  ]) {
    await person.posts('/chat', { text, name });
    await person.posts('/chat', { text: 'Jeg vil snakke med en person' });
  }
  const people = { unknown, ola, offered, eva, per, siri };
  for (const role of ['operator', 'editor', 'coordinator', 'administrator', 'auditor']) {
    people[role] = await house.signIn({ name: `Kari ${role}`, roles: [role] });
  }
  await people.operator.posts('/desk/tickets/1002/take');
  await people.operator.posts('/desk/tickets/1002/note', { text: 'Sjekk tilgangen i rollestyringen først.' });
  await people.operator.posts('/desk/tickets/1002/reply', { text: 'Hei! Kan du prøve **ein gong til** no?' });
  await people.operator.posts('/desk/tickets/1003/take');
  await people.operator.posts('/desk/tickets/1003/resolve', { text: 'The cable was loose.' });
  // While it lasts it stands at the top of every page of an employee's.
  await people.coordinator.posts('/desk/incidents', INCIDENT);
  await people.coordinator.posts('/desk/incidents/1/update', { text_nb: 'Leverandøren leter **fortsatt** etter feilen.', state: 'monitoring' });
  await people.coordinator.posts('/desk/incidents', MAINTENANCE);
  await people.operator.posts('/desk/tickets/1002/incident', { incident: '1' });
  return { people, link: await house.link({ name: 'Ny operatør', roles: ['operator'] }) };
}

/** The list. */
export function pages({ link }) {
  return [
    ['chat-empty', 'unknown', '/'],
    ['chat-answer', 'ola', '/'],
    ['chat-offer', 'offered', '/'],
    ['chat-waiting', 'eva', '/'],
    ['chat-with-operator', 'per', '/'],
    ['chat-resolved', 'siri', '/'],
    ['embed', 'unknown', '/embed'],
    ['embed-answer', 'ola', '/embed'],
    ['my-tickets', 'per', '/chat/tickets'],
    ['my-ticket', 'per', '/chat/tickets/1002'],
    ['my-tickets-none', 'unknown', '/chat/tickets'],
    ['article', 'unknown', '/kb/nb/vpn-hjemmekontor'],
    ['article-missing', 'unknown', '/kb/nb/finnes-ikke', 404],
    ['not-found', 'unknown', '/finnes-ikke', 404],
    ['signed-out', 'unknown', '/desk', 401],
    ['sign-in-ways', 'unknown', '/sign-in', 404],
    ['sign-in', 'unknown', link],
    ['sign-in-used', 'unknown', '/desk/sign-in?token=brukt', 410],
    ['queue', 'operator', '/desk'],
    ['queue-everything', 'administrator', '/desk?view=all&q=tilgang'],
    ['queue-nothing', 'operator', '/desk?view=snoozed'],
    ['call', 'operator', '/desk/call'],
    ['call-saved', 'operator', '/desk/call?saved=1003'],
    ['queue-all', 'administrator', '/desk?view=all'],
    ['queue-resolved', 'coordinator', '/desk?view=resolved'],
    ['queue-nothing-found', 'operator', '/desk?view=all&q=finnesikke'],
    ['queue-auditor', 'auditor', '/desk'],
    ['ticket-free', 'operator', '/desk/tickets/1001'],
    ['ticket-mine', 'operator', '/desk/tickets/1002'],
    ['ticket-resolved', 'operator', '/desk/tickets/1003'],
    ['ticket-auditor', 'auditor', '/desk/tickets/1002'],
    ['ticket-missing', 'operator', '/desk/tickets/9999', 404],
    ['explain', 'operator', '/desk/explain'],
    ['explain-answer', 'operator', '/desk/explain?q=jeg+har+glemt+passordet'],
    ['learned', 'editor', '/desk/learned'],
    ['missing', 'editor', '/desk/missing'],
    ['missing-auditor', 'auditor', '/desk/missing?days=365'],
    ['learned-approved', 'administrator', '/desk/learned?state=approved'],
    ['articles', 'editor', '/desk/articles'],
    ['articles-auditor', 'auditor', '/desk/articles'],
    ['article-new', 'editor', '/desk/articles/new'],
    ['article-edit', 'editor', '/desk/articles/nb/vpn-hjemmekontor'],
    ['replies', 'editor', '/desk/replies'],
    ['reply-edit', 'editor', '/desk/replies/nb/kjent-feil'],
    ['reply-new', 'editor', '/desk/replies/new'],
    ['links', 'editor', '/desk/links'],
    ['links-found', 'operator', '/desk/links?q=timeliste'],
    ['link-edit', 'editor', '/desk/links/nb/avvik'],
    ['link-read', 'operator', '/desk/links/nb/avvik'],
    ['link-new', 'editor', '/desk/links/new'],
    ['ticket-search', 'operator', '/desk/tickets/1002?articles=passord'],
    ['articles-search', 'editor', '/desk/articles?q=passord'],
    ['status', 'unknown', '/status'],
    ['incidents', 'coordinator', '/desk/incidents'],
    ['incidents-auditor', 'auditor', '/desk/incidents'],
    ['incident', 'coordinator', '/desk/incidents/1'],
    ['incident-operator', 'operator', '/desk/incidents/1'],
    ['incident-new', 'coordinator', '/desk/incidents/new'],
    ['incident-edit', 'coordinator', '/desk/incidents/1/edit'],
    ['work', 'operator', '/desk/work?tickets=1001,1002,1003'],
    ['work-empty', 'operator', '/desk/work'],
    ['article-history', 'editor', '/desk/articles/nb/vpn-hjemmekontor/history'],
  ].map(([name, who, address, status = 200]) => ({ name, who, address, status }));
}
