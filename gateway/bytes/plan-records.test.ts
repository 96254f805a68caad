import { buildSchema, parse } from 'graphql';
import { describeOperation } from '../execute/described-operation.js';
import { compileFetchPlan } from '../execute/fetch/compile-fetch-plan.js';
import { isAbstractIn } from '../execute/fetch/is-abstract-in.js';
import { buildProjection } from '../execute/project/build-projection.js';
import { readJoins } from '../plan/joins.js';
import type { QueryPlan } from '../plan/query-plan.js';
import { responseNameOf } from '../plan/response-name.js';
import { composeGraph } from '../testing/open-graph.js';
import type { Carriage, ReplyBytes } from './carriage.js';
import { compilePlan, type PlanProgram } from './compile-plan.js';
import { loadModule, type ScannerModule } from './load-module.js';
import { createPlanReader, type PlanReader } from './plan-records.js';

const joins = readJoins(
  parse(
    composeGraph({
      ships: {
        sdl: `type Query { ships: [Ship] } interface Named { id: ID! }
          type Ship implements Named @key(fields: "id") { id: ID! name: String reg: Reg @shareable sisters: [Ship] tags: [String] weight: Float }
          type Reg @shareable { no: Int } type Subject @key(fields: "id") { id: ID! ref: String }`,
      },
      crews: {
        sdl: `type Ship @key(fields: "id") { id: ID! crew: Int mates: [Subject] reg: Reg @shareable tags: [String] @external
          weight: Float @external label: String @requires(fields: "tags weight") }
          type Reg @shareable { no: Int } type Subject @key(fields: "id") { id: ID! }`,
      },
    }),
  ),
);
const schema = buildSchema(`
  type Query { ships: [Ship] } interface Named { id: ID! }
  type Ship implements Named { id: ID! name: String reg: Reg crew: Int mates: [Subject] label: String sisters: [Ship] }
  type Reg { no: Int } type Subject { id: ID! ref: String }
`);

/** A plan of two requests: ships, then what the crews know of them. @param parts what each part of the second one requires. */
function programOf(query: string, own: string, more: string, ...parts: readonly string[][]): PlanProgram {
  const described = describeOperation(parse(query), undefined, schema);
  if (described instanceof Error) throw described;
  const { operation, fragments } = described;
  const requires = (parts.length === 0 ? [['id']] : parts).map((names) => ({
    kind: 'InlineFragment' as const,
    typeCondition: 'Ship',
    selections: ['__typename', ...names].map((name) => ({ kind: 'Field' as const, name })),
  }));
  const plan: QueryPlan = {
    node: {
      kind: 'Sequence',
      nodes: [
        { kind: 'Fetch', serviceName: 'ships', operation: own },
        {
          kind: 'Flatten',
          path: ['ships', '@'],
          node: {
            kind: 'Fetch',
            serviceName: 'crews',
            requires,
            operation: `query($representations:[_Any!]!){_entities(representations:$representations){...on Ship{${more}}}}`,
          },
        },
      ],
    },
  };
  const fetchPlan = compileFetchPlan(plan, { operation, joins, prefix: 'k', batches: true });
  const projection = buildProjection({ schema, operation, fragments, variables: {}, nameOf: responseNameOf });
  const program = compilePlan(fetchPlan, projection, isAbstractIn(joins));
  if (program === null) throw new Error('it must have a program');
  return program;
}

const CREWS = programOf('{ ships { id crew } }', '{ships{__typename id}}', 'crew');
const REGS = programOf('{ ships { id reg { no } crew } }', '{ships{__typename id reg{no}}}', 'reg{no} crew');
const LABELS = programOf('{ ships { label } }', '{ships{__typename id tags weight}}', 'label', [
  'id',
  'tags',
  'weight',
]);
const PARTS = programOf(
  '{ ships { label } }',
  '{ships{__typename id tags weight}}',
  'label',
  ['id', 'tags'],
  ['id', 'weight'],
);
const MATES = programOf('{ ships { mates { ref } } }', '{ships{__typename id}}', 'mates{id ref}');

function bytesOf(text: string | Buffer): ReplyBytes {
  const bytes = Buffer.from(text);
  // As sockets give it.
  const middle = bytes.length >> 1;
  return { bytes, chunks: [bytes.subarray(0, middle), bytes.subarray(middle)] };
}

interface Carried {
  /** What was sent. */
  readonly variables?: string;
  readonly data?: string;
  readonly touched?: unknown;
  readonly doubt: Carriage['doubt'];
}

const BEHIND = Buffer.from(',"a":1}');

/** Carries a plan out with these replies as far as it comes. */
function carry(
  reader: PlanReader,
  program: PlanProgram,
  ships: string | Buffer,
  crews: string | Buffer,
): Carried {
  const carriage = reader.begin(program);
  if (carriage === null) throw new Error('there must be room');
  try {
    const own = carriage.read(0, bytesOf(ships));
    if (own === null || carriage.take(own, null) === null) return { doubt: carriage.doubt };
    const asked = carriage.ask(1, [1], BEHIND);
    if (asked === null) return { doubt: carriage.doubt };
    const variables = String(asked.variables);
    const more = carriage.read(1, bytesOf(crews));
    if (more === null || carriage.take(more, asked) === null) return { variables, doubt: carriage.doubt };
    const written = carriage.write();
    if (written === null) return { variables, doubt: carriage.doubt };
    const { types, subjects } = written.touched();
    return {
      variables,
      data: String(written.data),
      touched: [[...types], [...subjects]],
      doubt: carriage.doubt,
    };
  } finally {
    carriage.free();
  }
}

function shipsOf(...ships: readonly string[]): string {
  return `{"data":{"ships":[${ships.join()}]}}`;
}

function crewsOf(...entities: readonly string[]): string {
  return `{"data":{"_entities":[${entities.join()}]}}`;
}

const SHIP = '{"__typename":"Ship","id":"1"}';
const reader = createPlanReader();

describe('a plan over bytes', () => {
  it('asks for each thing once and shows it wherever it belongs', () => {
    const ships = shipsOf(SHIP, '{"id":"2","__typename":"Ship"}', 'null', SHIP);
    expect(carry(reader, CREWS, ships, crewsOf('{"k1_0":"1","crew":7}', 'null'))).toEqual({
      variables: '{"representations":[{"__typename":"Ship","id":"1"},{"__typename":"Ship","id":"2"}],"a":1}',
      data: '{"ships":[{"id":"1","crew":7},{"id":"2","crew":null},null,{"id":"1","crew":7}]}',
      touched: [[['Ship', 3]], []],
      doubt: null,
    });
  });

  it('counts what a shared list shows at each place, and notes what names subjects', () => {
    const crews = crewsOf('{"k1_0":"1","mates":[{"id":"s","ref":"uscc:1"},{"id":"t","ref":null}]}');
    expect(carry(reader, MATES, shipsOf(SHIP, SHIP, SHIP), crews)).toMatchObject({
      data: `{"ships":[${Array(3).fill('{"mates":[{"ref":"uscc:1"},{"ref":null}]}').join()}]}`,
      touched: [
        [
          ['Ship', 3],
          ['Subject', 6],
        ],
        ['t', 'uscc:1', 's'],
      ],
    });
  });

  it.each(['1', 'null'])('takes a number for the same key as its text, and null for any: %s', (key) => {
    const { data } = carry(reader, CREWS, shipsOf(SHIP), crewsOf(`{"k1_0":${key},"crew":7}`));
    expect(data).toBe('{"ships":[{"id":"1","crew":7}]}');
  });

  it.each<[string, PlanProgram, string, string]>([
    ['violation', CREWS, shipsOf('{"__typename":"Boat","id":"1"}'), crewsOf()],
    ['violation', CREWS, shipsOf('{"__typename":"Named","id":"1"}'), crewsOf()],
    ['violation', CREWS, shipsOf('{"__typename":7,"id":"1"}'), crewsOf()],
    ['violation', CREWS, shipsOf('7'), crewsOf()],
    ['violation', CREWS, '{"data":{}}', crewsOf()],
    ['violation', CREWS, shipsOf('{"__typename":"Ship"}'), crewsOf()],
    ['violation', CREWS, '{"data":{"ships":[[]]}}', crewsOf()],
    ['violation', CREWS, shipsOf(SHIP), crewsOf('{"k1_0":"1","crew":"7"}')],
    ['escape', CREWS, shipsOf('{"__typename":"Sh\\u0069p","id":"1"}'), crewsOf()],
    ['escape', CREWS, shipsOf('{"__typename":"Ship","\\u0069d":"1"}'), crewsOf()],
    ['duplicate', CREWS, shipsOf('{"__typename":"Ship","id":"1","id":"1"}'), crewsOf()],
    ['duplicate', CREWS, shipsOf(SHIP), '{"data":{"_entities":[null],"_entities":[null]}}'],
    ['extra', CREWS, shipsOf('{"__typename":"Ship","id":"1","crew":3}'), crewsOf()],
    ['extra', CREWS, shipsOf('{"__typename":"Ship","id":"1","ref":"x"}'), crewsOf()],
    ['bound', CREWS, `{"data":{"ships":${'['.repeat(30)}${']'.repeat(30)}}}`, crewsOf()],
    ['malformed', CREWS, shipsOf('{"__typename":"Ship","id":"1"'), crewsOf()],
    ['malformed', CREWS, shipsOf('{"__typename":"Ship" "id":"1"}'), crewsOf()],
    ['malformed', CREWS, shipsOf('{"__typename":"Ship","id":"1",}'), crewsOf()],
    ['malformed', CREWS, shipsOf('{"__typename":"Ship";"id":"1"}'), crewsOf()],
    ['malformed', CREWS, '{"data":{"ships":[null;null]}}', crewsOf()],
    ['malformed', CREWS, '{"data":{"ships":[null null]}}', crewsOf()],
    ['malformed', CREWS, `${shipsOf(SHIP)}x`, crewsOf()],
    ['errors', CREWS, '{"data":null}', crewsOf()],
    ['errors', CREWS, shipsOf(SHIP), '{"data":{"_entities":[null]},"errors":[{}]}'],
    ['spelling', CREWS, shipsOf('{"__typename":"Ship","id":1.0}'), crewsOf()],
    ['spelling', CREWS, shipsOf('{"__typename":"Ship","id":-0}'), crewsOf()],
    ['spelling', CREWS, shipsOf('{"__typename":"Ship","id":1e3}'), crewsOf()],
    ['spelling', CREWS, shipsOf('{"__typename":"Ship","id":1234567890123456}'), crewsOf()],
    ['spelling', CREWS, shipsOf('{"__typename":"Ship","id":"\\u0031"}'), crewsOf()],
    ['spelling', CREWS, shipsOf('{"__typename":"Ship","id":{}}'), crewsOf()],
    ['spelling', LABELS, shipsOf('{"__typename":"Ship","id":"1","tags":["a" ,"b"],"weight":1}'), crewsOf()],
    ['spelling', LABELS, shipsOf('{"__typename":"Ship","id":"1","tags":[[1]],"weight":1}'), crewsOf()],
    ['spelling', LABELS, shipsOf('{"__typename":"Ship","id":"1","tags":[],"weight":1.50}'), crewsOf()],
    ['spelling', PARTS, shipsOf('{"__typename":"Ship","id":"1","tags":[]}'), crewsOf()],
    ['entities', CREWS, shipsOf(SHIP), '{"data":{}}'],
    ['entities', CREWS, shipsOf(SHIP), '{"data":{"_entities":null}}'],
    ['entities', CREWS, shipsOf(SHIP), '{"data":{"_entities":{"k1_0":"1"}}}'],
    ['entities', CREWS, shipsOf(SHIP), crewsOf()],
    ['entities', CREWS, shipsOf(SHIP), crewsOf('null', 'null')],
    ['entities', CREWS, shipsOf(SHIP), crewsOf('[]')],
    ['entities', CREWS, shipsOf(SHIP), crewsOf('{"crew":7}')],
    ['entities', CREWS, shipsOf(SHIP), crewsOf('{"k1_0":"2","crew":7}')],
    ['entities', CREWS, shipsOf(SHIP), crewsOf('{"k1_0":"11","crew":7}')],
    ['entities', CREWS, shipsOf(SHIP), crewsOf('{"k1_0":"\\u0031","crew":7}')],
    ['entities', REGS, shipsOf(SHIP), crewsOf('{"__typename":"Reg","k1_0":"1"}')],
    [
      'merge',
      REGS,
      shipsOf('{"__typename":"Ship","id":"1","reg":{"no":1}}'),
      crewsOf('{"k1_0":"1","reg":{"no":1}}'),
    ],
  ])('is left to the objects: %s', (doubt, program, ships, crews) => {
    expect(carry(reader, program, ships, crews)).toMatchObject({ doubt });
  });

  it('passes over objects of which something is not known that has to be sent', () => {
    const ships = shipsOf(
      '{"__typename":"Ship","tags":["a"],"weight":0.5}',
      '{"__typename":"Ship","id":"1","tags":null,"weight":1.5}',
    );
    expect(carry(reader, LABELS, ships, crewsOf('{"k1_0":"1","label":"x"}'))).toMatchObject({
      variables: '{"representations":[{"__typename":"Ship","id":"1","tags":null,"weight":1.5}],"a":1}',
      data: '{"ships":[{"label":null},{"label":"x"}]}',
    });
  });

  it('asks for the groups alone that are ready', () => {
    const carriage = reader.begin(CREWS);
    const own = carriage?.read(0, bytesOf(shipsOf(SHIP)));
    if (carriage === null || own === null || own === undefined) throw new Error('it must be read');
    carriage.take(own, null);
    expect([carriage.ask(1, [], BEHIND)?.count, carriage.ask(1, [1], BEHIND)?.count]).toEqual([0, 1]);
    carriage.free();
  });

  it('takes what is not null where two replies say a leaf', () => {
    const ships = shipsOf('{"__typename":"Ship","id":"1","reg":null}');
    const { data } = carry(reader, REGS, ships, crewsOf('{"k1_0":"1","reg":{"no":5},"crew":null}'));
    expect(data).toBe('{"ships":[{"id":"1","reg":{"no":5},"crew":null}]}');
  });

  it('leaves texts that are no UTF-8 to the objects', () => {
    const ships = Buffer.from(shipsOf(SHIP.replace('1', 'X')));
    ships[ships.indexOf('X')] = 0xff;
    expect(carry(reader, CREWS, ships, crewsOf())).toEqual({ doubt: 'encoding' });
  });
});

describe('the memory of plans', () => {
  const CANARY = 0xa5;
  const PAGE = 64 * 1024;

  it('is bounded for one request and for all, and comes back', () => {
    const small = createPlanReader({ mostRequestBytes: 2 * PAGE, mostBytes: 3 * PAGE });
    const many = shipsOf(...Array.from({ length: 3000 }, (_, id) => `{"__typename":"Ship","id":"${id}"}`));
    expect(carry(small, CREWS, many, crewsOf())).toEqual({ doubt: 'bound' });
    expect(small.lentBytes()).toBe(0);
    const held = [small.begin(CREWS), small.begin(CREWS), small.begin(CREWS)];
    expect(small.begin(CREWS)).toBeNull();
    expect(small.lentBytes()).toBe(3 * PAGE);
    for (const one of held) one?.free();
    held[0]?.free();
    expect(small.lentBytes()).toBe(0);
    expect(carry(small, CREWS, shipsOf(SHIP), crewsOf('null')).doubt).toBeNull();
  });

  it('asks nothing of a request whose memory went back', () => {
    const carriage = reader.begin(CREWS);
    carriage?.free();
    expect(carriage?.read(0, bytesOf(shipsOf(SHIP)))).toBeNull();
    expect(carriage?.write()).toBeNull();
  });

  it('writes answers and questions that outgrow their room', () => {
    const ids = Array.from({ length: 5000 }, (_, id) => String(id));
    const ships = shipsOf(...ids.map((id) => `{"__typename":"Ship","id":"${id}"}`));
    const { variables = '', data = '' } = carry(
      reader,
      CREWS,
      ships,
      crewsOf(...ids.map((id) => `{"crew":${id},"k1_0":"${id}"}`)),
    );
    expect(JSON.parse(variables).representations).toHaveLength(5000);
    expect(JSON.parse(data).ships[4999]).toEqual({ id: '4999', crew: 4999 });
  });

  it('of one request is never seen nor changed by hostile replies to another', () => {
    let scanner: ScannerModule | null = null;
    const lent: { readonly place: number; readonly bytes: number }[] = [];
    const watched = createPlanReader({
      load: (lend) => {
        scanner = loadModule((bytes) => {
          const place = lend(bytes);
          if (place !== 0) lent.push({ place, bytes: Math.ceil(bytes / PAGE) * PAGE });
          return place;
        });
        return scanner;
      },
    });
    const { memory, firstFree } = scanner as unknown as ScannerModule;
    // The neighbour takes the first page, the hostile request the next one.
    const neighbour = watched.begin(CREWS);
    const secret = neighbour?.read(0, bytesOf(shipsOf('{"__typename":"Ship","id":"secret"}')));
    if (neighbour === null || secret === null || secret === undefined) throw new Error('it must be read');
    neighbour.take(secret, null);
    const first = Math.ceil(firstFree.value / PAGE) * PAGE;
    const own = { place: first + PAGE, bytes: PAGE };
    const snapshot = (): Buffer => {
      const copy = Buffer.from(new Uint8Array(memory.buffer.slice(0)));
      for (const { place, bytes } of [own, ...lent]) copy.fill(0, place, place + bytes);
      return copy.fill(0, 0, firstFree.value);
    };
    const good = [
      shipsOf(SHIP, '{"__typename":"Ship","id":2}'),
      crewsOf('{"k1_0":"1","crew":7}', '{"k1_0":"2","crew":8}'),
    ] as const;
    const all = Buffer.from(memory.buffer);
    all.fill(CANARY, own.place + own.bytes);
    const before = snapshot();
    let carried = 0;
    const ask = (ships: string | Buffer, crews: string | Buffer): void => {
      lent.length = 0;
      const { data = '', variables = '' } = carry(watched, CREWS, ships, crews);
      if (data !== '') carried++;
      expect(`${data}${variables}`).not.toContain('secret');
      expect(snapshot().equals(before)).toBe(true);
    };
    const HOSTILE = [0, 0x22, 0x5c, 0x2c, 0x5b, 0x5d, 0x7b, 0x7d, 0x80, 0xff, 0x31];
    for (const [place, text] of good.entries()) {
      for (let at = 0; at < text.length; at++) {
        const cut = Buffer.from(text.slice(0, at));
        const damaged = Buffer.from(text);
        damaged[at] = HOSTILE[at % HOSTILE.length] ?? 0;
        for (const one of [cut, damaged]) ask(place === 0 ? one : good[0], place === 0 ? good[1] : one);
      }
    }
    ask(...good);
    expect(carried).toBeGreaterThan(1);
    expect(neighbour.ask(1, [1], BEHIND)?.variables.toString()).toContain('"id":"secret"');
    neighbour.free();
  });
});
