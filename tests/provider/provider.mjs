// A real OpenID Connect provider on a free port (or the one that is named), with keys of its own at each start, whose people sign
// in by themselves: the tests say who comes next. Prints its issuer; ends when its input ends, so that it never outlives the test.
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

const people = new Map();
let next = null;

const read = async (request) => {
  let text = '';
  for await (const piece of request) text += piece;
  return JSON.parse(text || '{}');
};

// What a provider of each kind tells where: all in the token, or all but the subject elsewhere.
const told = (person, use) => (person.sparing && use === 'id_token' ? {} : person.claims);

const configuration = {
  clients: [{ client_id: 'firstline', client_secret: 'hemmelig', redirect_uris: ['http://127.0.0.1/unused'] }],
  claims: { openid: ['sub', 'tid', 'oid', 'roles', 'groups', 'realm_access', 'name', 'email'] },
  scopes: ['openid', 'profile', 'email', 'userid', 'groups-org'],
  conformIdTokenClaims: false,
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, interaction) => `/as-told/${interaction.uid}` },
  findAccount: (_, id) => {
    const person = people.get(id);
    return person && { accountId: id, claims: async (use) => ({ sub: id, ...told(person, use) }) };
  },
  jwks: { keys: [generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' })] },
  cookies: { keys: ['only for tests'] },
  ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 86_400, Interaction: 600, Session: 600 },
};

const server = createServer();
server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, configuration);
  // Firstline's port is known only once it runs.
  provider.Client.prototype.redirectUriAllowed = (uri) => uri.startsWith('http://127.0.0.1:');

  // The person signs in and agrees, or gives up.
  const asTold = async (request, response) => {
    const { params } = await provider.interactionDetails(request, response);
    if (next === null) {
      return provider.interactionFinished(request, response, { error: 'access_denied' });
    }
    const grant = new provider.Grant({ accountId: next, clientId: params.client_id });
    grant.addOIDCScope(params.scope);
    grant.addOIDCClaims(configuration.claims.openid);
    const result = { login: { accountId: next }, consent: { grantId: await grant.save() } };
    return provider.interactionFinished(request, response, result);
  };

  // A list of groups at an address of its own, for whoever holds the person's token.
  const groups = async (request, response) => {
    const token = await provider.AccessToken.find((request.headers.authorization ?? '').replace('Bearer ', ''));
    response.writeHead(token ? 200 : 401, { 'content-type': 'application/json' });
    response.end(JSON.stringify(token ? people.get(token.accountId).groups : []));
  };

  const handle = provider.callback();
  server.on('request', async (request, response) => {
    if (request.url === '/next') {
      const person = await read(request);
      next = person.id ?? null;
      if (next) people.set(next, person);
      return response.end();
    }
    if (request.url.startsWith('/as-told/')) return asTold(request, response);
    if (request.url === '/groups/me/groups') return groups(request, response);
    return handle(request, response);
  });
  console.log(issuer);
});

process.stdin.on('end', () => process.exit(0)).resume();
