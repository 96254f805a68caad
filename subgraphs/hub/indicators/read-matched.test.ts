import { type ArrayInterface, createArrayFeed } from '../testing/array-feed.js';
import { createArrayRegistry } from '../testing/array-registry.js';
import { openTestHub } from '../testing/open-test-hub.js';
import { TODAY } from '../testing/test-present.js';

const inspections = (name: string, numbers: readonly (string | null)[]): ArrayInterface => ({
  name,
  kind: 'Inspection',
  rows: numbers.map((number, place) => ({
    key: [String(place)],
    subject: null,
    values: { department: 'MARKET', number, date: TODAY },
  })),
});

const sessions = (name: string, numbers: readonly (string | null)[]): ArrayInterface => ({
  name,
  kind: null,
  fields: ['check'],
  matched: { facet: 'Inspection.mobile', number: 'number', field: 'check' },
  rows: numbers.map((check, place) => ({ key: [String(place)], subject: null, values: { check } })),
});

async function ask(...interfaces: readonly ArrayInterface[]) {
  const feed = createArrayFeed('all', interfaces);
  const { data, errors } = await openTestHub([feed], createArrayRegistry([])).ask(
    `{ indicators(from: "${TODAY.slice(0, 7)}", codes: [APP_USE]) {
      nodes { value numerator denominator reason } coverage { interface state } } }`,
  );
  expect(errors).toEqual([]);
  return data?.indicators;
}

const share = (value: string, numerator: string, denominator: string) => ({
  nodes: [{ value, numerator, denominator, reason: null }],
});
const INCOMPLETE = { nodes: [{ value: null, numerator: null, denominator: null, reason: 'INCOMPLETE' }] };

describe('APP_USE', () => {
  it('counts inspections whose number a session bears, however spelt and however often', async () => {
    const numbers = ['检字〔2026〕第001号', '检字〔2026〕第2号', null, 'J3'];
    const answer = await ask(
      inspections('market.inspection', numbers),
      sessions('mobile.session', ['检字(2026)1号', '检字（２０２６）第1号', null, '', 'J9']),
    );
    expect(answer).toMatchObject(share('25.00', '1.00', '4.00'));
  });

  it('has no value while the app’s interface gives nothing, and names it', async () => {
    const away = { ...sessions('mobile.session', ['J1']), down: true };
    expect(await ask(inspections('market.inspection', ['J1']), away)).toMatchObject({
      ...INCOMPLETE,
      coverage: [
        { interface: 'market.inspection', state: 'LIVE' },
        { interface: 'mobile.session', state: 'MISSING' },
      ],
    });
  });

  it('has no value where nobody offers the app’s sessions, or only for looking up', async () => {
    const lookedUp = { ...sessions('mobile.session', ['J1']), lookupOnly: true };
    expect(await ask(inspections('market.inspection', ['J1']))).toMatchObject(INCOMPLETE);
    expect(await ask(inspections('market.inspection', ['J1']), lookedUp)).toMatchObject(INCOMPLETE);
  });

  it('counts each county by its own sessions, and has no value where a county has none', async () => {
    const both = [
      inspections('market.inspection', ['J1', 'J2']),
      inspections('daishan/market.inspection', ['J1']),
    ];
    const own = sessions('mobile.session', ['J1']);
    expect(await ask(...both, own)).toMatchObject(INCOMPLETE);
    expect(await ask(...both, own, sessions('daishan/mobile.session', ['J2']))).toMatchObject(
      share('33.33', '1.00', '3.00'),
    );
  });
});
