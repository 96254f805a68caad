import { ANONYMOUS, CALLER_HEADER, encodeCaller } from '../../runtime/call/caller.js';
import { systemClock } from '../../runtime/clock.js';
import { Secret } from '../../runtime/config/secret.js';
import { COUNTY_VERSION } from '../../subgraphs/feed/counties/county-description.js';
import { createArrayFeed } from '../../subgraphs/hub/testing/array-feed.js';
import { CommandFailure } from '../exit-code.js';
import { serveOffer } from './serve-offer.js';

const feed = createArrayFeed('market', [{ name: 'market.case', kind: 'Case', rows: [] }]);
const county: ReturnType<Parameters<typeof serveOffer>[0]> = {
  offer: {
    feed,
    describe: () => ({
      version: COUNTY_VERSION,
      personKeyDigest: '',
      interfaces: feed.interfaces(),
      townships: [],
      counties: [],
    }),
  },
};
const KEY = new Secret('key of the hub above');

function open(port: number, said: string[]): Promise<() => Promise<void>> {
  const offer = { host: '127.0.0.1', port, key: KEY, takesHands: false };
  return serveOffer(() => county, offer, systemClock, { say: (line) => said.push(line) });
}

async function ask(url: string, key: string): Promise<{ readonly status: number; readonly body: unknown }> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${key}`,
      [CALLER_HEADER]: encodeCaller(ANONYMOUS),
    },
    body: JSON.stringify({ query: '{ _feed(request: {operation: "county"}) }' }),
  });
  return { status: answer.status, body: await answer.json() };
}

describe('serveOffer()', () => {
  it('says where it listens, and answers who brings the key', async () => {
    const said: string[] = [];
    const close = await open(0, said);
    const url = said[0]?.replace(/^.*: (?=http)/, '') ?? '';
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/graphql$/);
    expect(await ask(url, KEY.reveal())).toMatchObject({
      status: 200,
      body: { data: { _feed: { interfaces: [{ name: 'market.case' }] } } },
    });
    expect(await ask(url, 'wrong')).toMatchObject({
      status: 401,
      body: { errors: [{ extensions: { code: 'COUNTY_KEY_REFUSED' } }] },
    });
    await expect(open(Number(new URL(url).port), [])).rejects.toThrow(CommandFailure);
    await close();
    await expect(fetch(url)).rejects.toThrow();
  });

  it('opens nothing where nothing is configured', async () => {
    const said: string[] = [];
    const close = await serveOffer(() => county, null, systemClock, { say: (line) => said.push(line) });
    await close();
    expect(said).toEqual([]);
  });
});
