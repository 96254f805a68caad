import { buildSchema } from 'graphql';
import type { CallContext } from '../../runtime/call/call-context.js';
import { ANONYMOUS, CALLER_HEADER, encodeCaller } from '../../runtime/call/caller.js';
import { RequestTrail } from '../../runtime/call/request-trail.js';
import { systemClock } from '../../runtime/clock.js';
import { createSubgraphServer } from './serve-subgraph.js';
import { decodeCalls, TELL_CALLS_HEADER } from './told-calls.js';

const CALL = {
  interface: 'market.inspection',
  operation: 'read',
  origin: 'SOURCE',
  startMs: 1,
  tookMs: 2,
  rows: 3,
  outcome: 'ok',
  retries: 0,
} as const;

describe('decodeCalls()', () => {
  it('believes what has the form of a call, and counts the rest as left out', () => {
    const wrong = [
      { ...CALL, interface: '<script>' },
      { ...CALL, outcome: '嵊泗某人 330922199001011234' },
      { ...CALL, tookMs: -1 },
      { ...CALL, rows: 'many' },
      null,
    ];
    expect(decodeCalls({ calls: [CALL, ...wrong], omitted: 2 })).toEqual({ calls: [CALL], omitted: 7 });
    expect(decodeCalls({ calls: [{ ...CALL, cells: ['王五'] }], omitted: 0 })?.calls).toEqual([CALL]);
    for (const none of [undefined, null, [], { calls: {} }, { calls: [], omitted: -1 }]) {
      expect(decodeCalls(none)).toBeNull();
    }
  });

  it('takes no more than a request may have, whoever tells them', () => {
    const told = decodeCalls({ calls: Array.from({ length: 1000 }, () => CALL), omitted: 0 });
    expect([told?.calls.length, told?.omitted]).toEqual([200, 800]);
    const trail = new RequestTrail();
    for (let time = 0; time < 2; time++) trail.callsElsewhere(performance.now(), told?.calls ?? [], 800);
    expect([trail.calls.length, trail.omitted]).toEqual([200, 1800]);
  });
});

describe('a subgraph on another machine', () => {
  it.each([
    ['that tells calls', true, true],
    ['that tells none', false, false],
  ])('%s tells them to those who ask for them alone', async (_, tellsCalls, isTold) => {
    const schema = buildSchema('type Query { a: Int }');
    const field = schema.getQueryType()?.getFields().a;
    if (field === undefined) throw new Error('no field');
    field.resolve = (_parent, _args, { trail }: CallContext) => {
      trail?.call(performance.now(), { ...CALL });
      return 1;
    };
    const app = await createSubgraphServer(schema, systemClock, { tellsCalls });
    const ask = async (headers: Readonly<Record<string, string>>): Promise<unknown> => {
      const { body } = await app.inject({
        method: 'POST',
        url: '/graphql',
        headers: { [CALLER_HEADER]: encodeCaller(ANONYMOUS), ...headers },
        payload: { query: '{ a }' },
      });
      return JSON.parse(body);
    };
    try {
      expect(await ask({})).toEqual({ data: { a: 1 } });
      expect(await ask({ [TELL_CALLS_HEADER]: '1' })).toEqual({
        data: { a: 1 },
        ...(isTold && {
          extensions: {
            calls: {
              calls: [{ ...CALL, startMs: expect.any(Number), tookMs: expect.any(Number) }],
              omitted: 0,
            },
          },
        }),
      });
    } finally {
      await app.close();
    }
  });
});
