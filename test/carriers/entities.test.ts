import { randomFor } from '../../demo/random.js';
import { CARRIERS, type CarrierName, carrierBytes } from '../../gateway/bytes/carrier.js';
import type { Executor } from '../../gateway/execute/executor.js';
import { askExecutor } from '../../gateway/testing/ask-executor.js';
import { bytesPort } from '../../gateway/testing/bytes-port.js';
import { openGraph, schemaOf } from '../../gateway/testing/open-graph.js';
import type { RecordingObserver } from '../../gateway/testing/recording-observer.js';
import type { SubgraphPort } from '../../subgraphs/port/subgraph-port.js';
import { atDepth } from '../deep.js';
import type { GeneratedOperation } from '../monolith/generate/generate-operation.js';
import { operationOf, SEED } from '../monolith/generate/seeded-operations.js';
import { generateReply } from './generate-reply.js';
import { seenAnswer } from './seen-answer.js';
import { SUBGRAPHS } from './subgraphs-under-test.js';

const OPERATIONS = atDepth(250, 2500);
const REPLIES = 20;
/** Of the replies: a plan has several, and one doubt is enough for all. */
const UNRULY = 0.25;

/** What a subgraph says to a body. */
type Reply = (subgraph: string, body: string) => Buffer;

let reply: Reply;
let bodies: string[];
const carriers = new Map<
  CarrierName,
  { readonly executor: Executor; readonly observer: RecordingObserver }
>();

/** Its replies come some turns later, but never so late that a group goes without the others. */
function portOf(name: string): SubgraphPort {
  return bytesPort(name, async (asked) => {
    // Numbers may be spelled otherwise.
    const body = JSON.stringify(asked);
    bodies.push(`${name} ${body}`);
    for (let turn = body.length % 7; turn > 0; turn--) await null;
    return reply(name, body);
  });
}

const schemas = new Map(Object.entries(SUBGRAPHS).map(([name, part]) => [name, schemaOf(part)]));

beforeAll(async () => {
  for (const carrier of CARRIERS) {
    carriers.set(carrier, await openGraph(SUBGRAPHS, { carrier, subgraph: ({ name }) => portOf(name) }));
  }
});
afterAll(async () => {
  for (const { executor } of carriers.values()) await executor.close();
});

function carrierOf(name: CarrierName) {
  const found = carriers.get(name);
  if (found === undefined) throw new Error(`no carrier ${name}`);
  return found;
}

/** Everything that a caller can see of an answer, and what subgraphs were asked. */
async function seenBy(carrier: CarrierName, asked: GeneratedOperation): Promise<string> {
  bodies = [];
  const seen = await seenAnswer(carrierOf(carrier).executor, asked);
  return `${seen}\n${bodies.sort().join('\n')}`;
}

describe('answers of several requests, by bytes and by objects', () => {
  it(
    `are the same, whatever subgraphs reply (MONOLITH_SEED=${SEED})`,
    async () => {
      const reasons = new Map<string, number>();
      const schema = carrierOf('bytes').executor.apiSchema;
      const { carriers: events } = carrierOf('bytes').observer;
      let joined = 0;
      for (let index = 0; index < OPERATIONS; index++) {
        const operation = operationOf({ schema, hints: () => undefined, maxDepth: 6 }, 'entities', index);
        if (operation === null) continue;
        for (let number = 0; number < REPLIES; number++) {
          // Both get the same replies to the same questions.
          reply = (name, body) => {
            const { query, variables } = JSON.parse(body);
            const random = randomFor(SEED, 'entities', index, number, name, body);
            const of = schemas.get(name);
            if (of === undefined) throw new Error(`no subgraph ${name}`);
            return generateReply({ schema: of, random, unruly: UNRULY }, query, variables);
          };
          const byBytes = await seenBy('bytes', operation);
          const calls = bodies.length;
          const byObjects = await seenBy('objects', operation);
          if (byBytes !== byObjects) {
            const replies = bodies.map((body) => {
              const at = body.indexOf(' ');
              return `${body}\n  ${String(reply(body.slice(0, at), body.slice(at + 1)))}`;
            });
            throw new Error(
              `operation ${index}, reply ${number}:\n${operation.query}\n${JSON.stringify(operation.variables)}\n${replies.join('\n')}\nby bytes\n${byBytes}\nby objects\n${byObjects}`,
            );
          }
          const [event] = events.splice(0);
          if (calls < 2 || event === undefined) continue;
          joined++;
          reasons.set(event.reason, (reasons.get(event.reason) ?? 0) + 1);
        }
      }
      expect([reasons.get('failed'), reasons.get('no_bytes')]).toEqual([undefined, undefined]);
      // Otherwise little would have been compared.
      expect(joined).toBeGreaterThan(OPERATIONS * REPLIES * 0.25);
      expect(reasons.get('none') ?? 0).toBeGreaterThan(joined * 0.25);
      expect([...reasons.keys()]).toEqual(
        expect.arrayContaining(['entities', 'errors', 'malformed', 'none', 'spelling', 'violation']),
      );
    },
    atDepth(120_000, 1_200_000),
  );

  const ships = Buffer.from('{"data":{"ships":[{"__typename":"Ship","id":"1"}]}}');
  const asked: GeneratedOperation = {
    query: '{ ships { id stage } }',
    variables: {},
    operationName: undefined,
  };

  it('give their memory back when the answer has left, and when the caller has', async () => {
    reply = (name) =>
      name === 'ships' ? ships : Buffer.from('{"data":{"_entities":[{"r_1_0":"1","stage":"OPEN"}]}}');
    expect(await seenBy('bytes', asked)).toContain('{"ships":[{"id":"1","stage":"OPEN"}]}');
    expect(carrierBytes()).toBe(0);
    const leaving = new AbortController();
    let bytesUnderWay = 0;
    reply = (name) => {
      if (name === 'ships') return ships;
      bytesUnderWay = carrierBytes();
      leaving.abort();
      throw new Error('nobody waits for it');
    };
    const { errors } = await askExecutor(carrierOf('bytes').executor, {
      query: asked.query,
      signal: leaving.signal,
    });
    expect(errors).toHaveLength(1);
    expect(bytesUnderWay).toBeGreaterThan(0);
    expect(carrierBytes()).toBe(0);
  });

  it('ask nothing twice when the last reply is in doubt', async () => {
    reply = (name) =>
      name === 'ships' ? ships : Buffer.from('{"data":{"_entities":[{"r_1_0":"01","stage":"OPEN"}]}}');
    expect(await seenBy('bytes', asked)).toContain('{"ships":[{"id":"1","stage":"OPEN"}]}');
    expect(bodies).toHaveLength(2);
    expect(carrierOf('bytes').observer.carriers.at(-1)).toEqual({ carrier: 'objects', reason: 'entities' });
  });
});
