import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  buildSchema,
  type GraphQLObjectType,
  getNamedType,
  isLeafType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { maskText } from '../../gateway/access/mask/mask-text.js';
import { findProjectRoot } from '../../runtime/project-root.js';
import { type GuardedCounty, openGuardedCounty } from './open-guarded-county.js';
import { readPolicyOracle } from './policy-oracle.js';
import { neededBy, textOf } from './selections.js';

/**
 * Every field of every list, for every role, by every road, asked of a running county after a caller who may read all of
 * it: the values that come back are exactly those that the policy opens, and not one that it closes.
 */
const PURPOSE = '许可-00225-001';
const MATTER = { 'x-purpose': encodeURIComponent(PURPOSE) };
/** Documents have at most 30 aliases. */
const PER_DOCUMENT = 25;
const ROWS = 4;

const schema = buildSchema(readFileSync(join(findProjectRoot(), 'schema/api.graphql'), 'utf8'));
const oracle = readPolicyOracle();

/** Fields of a type that are asked together, under names of their own. */
interface Asked {
  readonly list: string;
  readonly type: GraphQLObjectType;
  /** A field of Subject that leads to the same type; null: none does. */
  readonly below: string | null;
  readonly fields: readonly {
    readonly name: string;
    readonly typeName: string;
    readonly coordinates: readonly string[];
  }[];
  readonly selection: string;
}

const ASKED: readonly Asked[] = lists().flatMap(([list, type]) => {
  const fields = Object.values(type.getFields());
  const below = Object.values(subjectType().getFields()).find(
    (field) => nodeTypeOf(getNamedType(field.type)) === type,
  );
  return Array.from({ length: Math.ceil(fields.length / PER_DOCUMENT) }, (_, part): Asked => {
    const own = fields.slice(part * PER_DOCUMENT, (part + 1) * PER_DOCUMENT);
    return {
      list,
      type,
      below: below?.name ?? null,
      fields: own.map(({ name, type: returned, args }) => ({
        name,
        typeName: getNamedType(returned).name,
        coordinates: [`${type.name}.${name}`, ...neededBy(args)],
      })),
      selection: own.map((field, place) => `a${String(place)}: ${textOf(field)}`).join(' '),
    };
  });
});

type Node = Readonly<Record<string, unknown>> & { readonly id: string };
interface Road {
  readonly name: string;
  /** Absent: the type has no such road. */
  query(asked: Asked, ids: readonly string[]): string | null;
  /** How it is sent. Default: posted. */
  readonly by?: 'name';
}

const inner = (list: string, selection: string): string => `${list}(first: ${ROWS}) { ${selection} }`;
const ROADS: readonly Road[] = [
  {
    name: 'directly',
    query: ({ list, selection }) => `{ ${inner(list, `nodes { id ${selection} }`)} }`,
  },
  {
    name: 'by edges and an alias of the list',
    query: ({ list, selection }) => `{ other: ${inner(list, `edges { node { id ${selection} } }`)} }`,
  },
  {
    name: 'in an inline fragment, included by a variable',
    query: ({ list, type, selection }) =>
      `query ($yes: Boolean = true) { ${inner(list, `nodes { id ... on ${type.name} @include(if: $yes) { ${selection} } }`)} }`,
  },
  {
    name: 'in named fragments within each other',
    query: ({ list, type, selection }) =>
      `{ ${inner(list, 'nodes { ...F }')} } fragment F on ${type.name} { id ...G } fragment G on ${type.name} { ${selection} }`,
  },
  {
    name: 'through an interface',
    query: ({ type, selection }, ids) =>
      `{ nodes(ids: ${JSON.stringify(ids)}) { id ... on ${type.name} { ${selection} } } }`,
  },
  {
    name: 'below another entity',
    query: ({ below, selection }) =>
      below === null
        ? null
        : `{ subjects(first: 30) { nodes { found: ${inner(below, `nodes { id ${selection} }`)} } } }`,
  },
  {
    name: 'by the name of a registered operation',
    by: 'name',
    query: ({ list, selection }) => `{ ${inner(list, `nodes { id ${selection} }`)} }`,
  },
];

let guarded: GuardedCounty;
let folder: string;
const known = new Map<Asked, Map<string, Node>>();
const operationOf = (asked: Asked): string => `op${String(ASKED.indexOf(asked))}`;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'eg-roads-'));
  for (const asked of ASKED) {
    const text = ROADS.find(({ by }) => by === 'name')?.query(asked, []) ?? '';
    writeFileSync(join(folder, `${operationOf(asked)}.graphql`), `query ${operationOf(asked)} ${text}`);
  }
  guarded = await openGuardedCounty(7, { operations: folder });
}, 120_000);
afterAll(async () => {
  await guarded?.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

async function askBy(
  road: Road,
  token: string,
  asked: Asked,
  ids: readonly string[],
  headers: Record<string, string>,
): Promise<{ readonly text: string; readonly answer: Answer } | null> {
  const query = road.query(asked, ids);
  if (query === null) return null;
  const { text } =
    road.by === 'name'
      ? await guarded.send(token, `/operations/${operationOf(asked)}`, { headers })
      : await guarded.ask(token, query, { headers });
  return { text, answer: JSON.parse(text) as Answer };
}

/** Every object of an answer that has an `id`. */
function nodesOf(value: unknown): readonly Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (typeof value !== 'object' || value === null) return [];
  const own = 'id' in value && typeof value.id === 'string' ? [value as Node] : [];
  return [...own, ...Object.values(value).flatMap(nodesOf)];
}

/** All of the county's rows that any road leads to, as one sees them who may see everything. */
async function everything(asked: Asked): Promise<Map<string, Node>> {
  const before = known.get(asked);
  if (before !== undefined) return before;
  const token = await guarded.token({ role: 'analyst', purposes: [PURPOSE] });
  const found = new Map<string, Node>();
  for (const road of ROADS) {
    const given = await askBy(road, token, asked, [...found.keys()].slice(0, ROWS), MATTER);
    for (const node of nodesOf(given?.answer.data)) if (`a0` in node) found.set(node.id, node);
  }
  known.set(asked, found);
  return found;
}

/** Rows that only those see first who see fewer. */
async function readMore(asked: Asked, ids: readonly string[]): Promise<void> {
  const road = ROADS.find(({ name }) => name === 'through an interface');
  if (ids.length === 0 || road === undefined) return;
  const token = await guarded.token({ role: 'analyst', purposes: [PURPOSE] });
  const given = await askBy(road, token, asked, ids, MATTER);
  const all = await everything(asked);
  for (const node of nodesOf(given?.answer.data)) if ('a0' in node) all.set(node.id, node);
}

/** Texts that tell the value of a denied field: long enough not to stand elsewhere by chance. */
function canariesOf(asked: Asked, denied: readonly boolean[], nodes: Iterable<Node>): readonly string[] {
  const [closed, opened] = [new Set<string>(), new Set<string>()];
  for (const node of nodes) {
    opened.add(node.id);
    for (const [place, { name }] of asked.fields.entries()) {
      // Which interfaces took part is told to everybody.
      if (name === 'interface') continue;
      const value = node[`a${String(place)}`];
      for (const text of [value].flat())
        if (typeof text === 'string' && text.length > 7) (denied[place] === true ? closed : opened).add(text);
    }
  }
  return [...closed].filter((text) => ![...opened].some((other) => other.includes(text)));
}

const CASES = oracle.roles.flatMap((role): (readonly [string, boolean])[] =>
  oracle.asksPurpose(role)
    ? [
        [role, true],
        [role, false],
      ]
    : [[role, false]],
);

describe.each(CASES)('role %s, purpose named: %s', (role, hasPurpose) => {
  it('is given, by every road, exactly what the policy opens', async () => {
    const token = await guarded.token({
      role,
      purposes: [PURPOSE],
      ...(role === 'township-analyst' && { townships: ['330922100', '330922101'] }),
      ...(role === 'department-engineer' && { departments: ['market', 'cases', 'marine'] }),
    });
    const headers = hasPurpose ? MATTER : {};
    const seesFewer = role === 'township-analyst' || role === 'department-engineer';
    const cells = { shown: 0, masked: 0, denied: 0 };
    for (const asked of ASKED) {
      const grants = asked.fields.map(({ coordinates }) => grantOf(role, hasPurpose, coordinates));
      const all = await everything(asked);
      const canaries = canariesOf(
        asked,
        grants.map((grant) => grant === 'deny'),
        all.values(),
      );
      const mayList = grantOf(role, hasPurpose, [`Query.${asked.list}`, ...connection(asked)]) === 'allow';
      for (const road of ROADS) {
        const given = await askBy(road, token, asked, [...all.keys()].slice(0, ROWS), headers);
        if (given === null) continue;
        const place = `${asked.list} ${road.name}`;
        expect({ place, leaked: canaries.filter((text) => given.text.includes(text)) }).toEqual({
          place,
          leaked: [],
        });
        const nodes = nodesOf(given.answer.data).filter((node) => 'a0' in node);
        const codes = new Set((given.answer.errors ?? []).map(({ extensions }) => extensions.code));
        if (grants.includes('deny') && nodes.length > 0)
          expect([place, codes.has('FORBIDDEN')]).toEqual([place, true]);
        const mayAsk = road.by === 'name' || oracle.mayCompose(role);
        if (!mayAsk || (!mayList && road.name !== 'through an interface'))
          expect([place, codes, nodes]).toEqual([place, new Set(['FORBIDDEN']), []]);
        const missing = nodes.map(({ id }) => id).filter((id) => !all.has(id));
        await readMore(asked, missing);
        for (const node of nodes) {
          const whole = all.get(node.id);
          expect([place, node.id, whole !== undefined]).toEqual([place, node.id, true]);
          const values: Record<string, unknown> = {};
          const expected: Record<string, unknown> = {};
          for (const [at, { name, typeName }] of asked.fields.entries()) {
            const [value, told] = [node[`a${String(at)}`], whole?.[`a${String(at)}`]];
            const grant = grants[at] ?? 'deny';
            // Which rows of others hang on it depends on whom they belong to.
            if (seesFewer && grant !== 'deny' && isObjectType(schema.getType(typeName))) continue;
            values[name] = value;
            expected[name] = grant === 'deny' ? null : grant === 'mask' ? maskedOf(told, typeName) : told;
            cells[grant === 'deny' ? 'denied' : grant === 'mask' ? 'masked' : 'shown'] += 1;
          }
          expect({ place, values }).toEqual({ place, values: expected });
        }
      }
    }
    if (role === 'analyst') expect(cells.shown).toBeGreaterThan(3000);
    if (role === 'dashboard') expect([cells.shown > 500, cells.denied > 200]).toEqual([true, true]);
    if (role === 'department-engineer') expect(cells.masked).toBeGreaterThan(100);
  }, 120_000);
});

it.each(CASES.filter(([role]) => role.includes('analyst')))(
  'exports give role %s, purpose named: %s, each field that it may read, and refuse each other one',
  async (role, hasPurpose) => {
    const townships = { townships: ['330922100', '330922101'] };
    const token = await guarded.token({ role, purposes: [PURPOSE], ...(role !== 'analyst' && townships) });
    const send = async (list: string, names: readonly string[]) =>
      guarded.send(token, '/export', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(hasPurpose && MATTER) },
        body: JSON.stringify({ query: `{ ${list} { nodes { ${names.join(' ')} } } }`, format: 'ndjson' }),
      });
    const cells = { shown: 0, denied: 0 };
    let rowCount = 0;
    for (const [list, type] of lists()) {
      const leaves = Object.values(type.getFields()).filter(
        ({ args, type: returned }) => args.length === 0 && isLeafType(getNamedType(returned)),
      );
      const denied = leaves.filter(
        ({ name }) => oracle.grant(role, `${type.name}.${name}`, hasPurpose) === 'deny',
      );
      const open = leaves.filter((leaf) => !denied.includes(leaf)).map(({ name }) => name);
      const whole = await send(list, open);
      expect([list, whole.status]).toEqual([list, 200]);
      // The last line tells what the file rests on.
      const rows = whole.text.split('\n').filter((line) => line.startsWith(`{"${open[0]}"`));
      for (const row of rows.slice(0, 3))
        expect([list, Object.keys(JSON.parse(row) as object)]).toEqual([list, open]);
      rowCount += rows.length;
      cells.shown += open.length;
      for (const { name } of denied) {
        const { status, text } = await send(list, ['id', name]);
        expect([list, name, status]).toEqual([list, name, 403]);
        expect((JSON.parse(text) as Answer).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
        cells.denied += 1;
      }
    }
    expect(cells.shown).toBeGreaterThan(250);
    expect(rowCount).toBeGreaterThan(300);
    if (!hasPurpose) expect(cells.denied).toBeGreaterThan(2);
  },
  60_000,
);

function grantOf(role: string, hasPurpose: boolean, coordinates: readonly string[]): string {
  const grants = coordinates.map((one) => oracle.grant(role, one, hasPurpose));
  return grants.find((grant) => grant === 'deny') ?? grants.find((grant) => grant === 'mask') ?? 'allow';
}

/** Texts are shown masked, objects field by field, and nothing of any other value. */
function maskedOf(value: unknown, typeName: string): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => maskedOf(item, typeName));
  if (isObjectType(schema.getType(typeName))) return value;
  const isText = typeName === 'String' || typeName === 'ID';
  return isText && typeof value === 'string' ? maskText(value) : null;
}

function connection({ list }: Asked): readonly string[] {
  const type = getNamedType(schema.getQueryType()?.getFields()[list]?.type);
  return type === undefined ? [] : [`${type.name}.nodes`];
}

/** The type of a connection's rows; null for other types. */
function nodeTypeOf(type: unknown): GraphQLObjectType | null {
  if (!isObjectType(type) || !type.name.endsWith('Connection')) return null;
  const nodes = type.getFields().nodes;
  const node = nodes === undefined ? undefined : getNamedType(nodes.type);
  return isObjectType(node) ? node : null;
}

function subjectType(): GraphQLObjectType {
  const type = schema.getType('Subject');
  if (isObjectType(type)) return type;
  throw new Error('no Subject');
}

/** Lists of the root that need no argument. */
function lists(): readonly (readonly [string, GraphQLObjectType])[] {
  return Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap((field) => {
    const node = nodeTypeOf(getNamedType(field.type));
    const isFree = field.args.every((one) => !isNonNullType(one.type) || one.defaultValue !== undefined);
    return node !== null && isFree ? [[field.name, node] as const] : [];
  });
}
