import { buildSchema } from 'graphql';
import { randomFor } from '../../demo/random.js';
import { createRuleBook } from '../../gateway/access/authorise/access-rules.js';
import { parsePolicy } from '../../gateway/access/policy/policy.js';
import { CARRIERS, type CarrierName } from '../../gateway/bytes/carrier.js';
import type { Executor } from '../../gateway/execute/executor.js';
import { askExecutor } from '../../gateway/testing/ask-executor.js';
import { serveHttp, type TestServer } from '../../gateway/testing/http-subgraph.js';
import { openGraph } from '../../gateway/testing/open-graph.js';
import type { RecordingObserver } from '../../gateway/testing/recording-observer.js';
import { createOriginPools } from '../../gateway/transport/origin-pools.js';
import { createRemoteSubgraph } from '../../gateway/transport/remote-subgraph.js';
import { UNGUARDED } from '../../gateway/transport/subgraph-guard.js';
import { atDepth } from '../deep.js';
import type { GeneratedOperation } from '../monolith/generate/generate-operation.js';
import { operationOf, SEED } from '../monolith/generate/seeded-operations.js';
import { generateReply } from './generate-reply.js';
import { SDL } from './schema-under-test.js';
import { seenAnswer } from './seen-answer.js';

const OPERATIONS = atDepth(100, 1000);
const REPLIES = 20;

const schema = buildSchema(SDL, { assumeValidSDL: true });

/** Weights are denied, names of people masked. */
const POLICY = parsePolicy(
  `roles:
  clerk:
    title: 办事员 Clerk
    may: [query]
    types: { "*": { L1: allow, L2: deny, L3: mask } }
`,
  'policy.yaml',
);
const pools = createOriginPools();
/** What the subgraph says next, of what it is asked. */
let reply: (query: string, variables: Readonly<Record<string, unknown>>) => Buffer;
let server: TestServer;
const carriers = new Map<
  CarrierName,
  { readonly executor: Executor; readonly observer: RecordingObserver }
>();

beforeAll(async () => {
  server = await serveHttp((_, response, body) => {
    const { query, variables } = JSON.parse(body);
    response.setHeader('content-type', 'application/json').end(reply(query, variables));
  });
  for (const carrier of CARRIERS) {
    const subgraph = () => createRemoteSubgraph({ name: 'all', url: server.url, pools, guard: UNGUARDED });
    carriers.set(carrier, await openGraph({ all: { sdl: SDL } }, { carrier, subgraph }));
  }
});
afterAll(async () => {
  for (const { executor } of carriers.values()) await executor.close();
  await pools.close();
  await server.close();
});

function answerBy(carrier: CarrierName, operation: GeneratedOperation): Promise<string> {
  const { executor } = carriers.get(carrier) as { readonly executor: Executor };
  return seenAnswer(executor, operation);
}

/** Both answers to one reply. */
async function answersTo(operation: GeneratedOperation, bytes: Buffer): Promise<readonly [string, string]> {
  reply = () => bytes;
  return [await answerBy('bytes', operation), await answerBy('objects', operation)];
}

describe('answers by bytes and by objects', () => {
  it(
    `are the same, whatever a subgraph replies (MONOLITH_SEED=${SEED})`,
    async () => {
      const reasons = new Map<string, number>();
      const { observer } = carriers.get('bytes') as { readonly observer: RecordingObserver };
      for (let index = 0; index < OPERATIONS; index++) {
        const operation = operationOf({ schema, hints: () => undefined, maxDepth: 5 }, 'carriers', index);
        if (operation === null) continue;
        for (let number = 0; number < REPLIES; number++) {
          let bytes: Buffer | null = null;
          reply = (query, variables) => {
            // Both get the same bytes.
            bytes ??= generateReply(
              { schema, random: randomFor(SEED, 'reply', index, number) },
              query,
              variables,
            );
            return bytes;
          };
          const [byBytes, byObjects] = [
            await answerBy('bytes', operation),
            await answerBy('objects', operation),
          ];
          if (byBytes !== byObjects) {
            throw new Error(
              `operation ${index}, reply ${number}:\n${operation.query}\n${JSON.stringify(operation.variables)}\n${String(bytes)}\nby bytes\n${byBytes}\nby objects\n${byObjects}`,
            );
          }
        }
        for (const { reason } of observer.carriers.splice(0))
          reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      }
      const seen = [...reasons].sort().map(([reason, count]) => `${reason} ${count}`);
      expect([reasons.get('failed'), reasons.get('no_bytes')]).toEqual([undefined, undefined]);
      // Otherwise little would have been compared.
      expect(reasons.get('none') ?? 0).toBeGreaterThan(OPERATIONS * REPLIES * 0.25);
      expect(seen.map((one) => one.split(' ')[0])).toEqual(
        expect.arrayContaining([
          'duplicate',
          'encoding',
          'errors',
          'escape',
          'malformed',
          'none',
          'spelling',
          'violation',
        ]),
      );
    },
    atDepth(120_000, 1_200_000),
  );

  it.each<[string, string, string, object]>([
    [
      'a denied field',
      '{ ship { id weight } }',
      '{"ship":{"id":"1","weight":2.5}}',
      { ship: { id: '1', weight: null } },
    ],
    [
      'a masked one',
      '{ found { ... on Person { name } } }',
      '{"found":{"__typename":"Person","name":"王小明"}}',
      { found: { name: '王**' } },
    ],
  ])('keep %s from whoever may not have it', async (_, query, data, expected) => {
    reply = () => Buffer.from(`{"data":${data}}`);
    for (const carrier of CARRIERS) {
      const { executor } = carriers.get(carrier) as { readonly executor: Executor };
      const book = createRuleBook(executor.apiSchema, executor.requirements, POLICY);
      const rules = book({ role: 'clerk', scopes: new Set(), isKnown: true, hasPurpose: false });
      const answer = await askExecutor(executor, { query, asking: { rules, asker: null } });
      expect(answer.data).toEqual(expected);
    }
  });

  it('show a reply that says nothing else as it came', async () => {
    const operation = { query: '{ count ship { id } }', variables: {}, operationName: undefined };
    const bytes = Buffer.from('{"data":{"count":1,"ship":{"id":"1"}}}');
    const [byBytes, byObjects] = await answersTo(operation, bytes);
    expect(byBytes).toBe(byObjects);
  });
});
