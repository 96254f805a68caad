import { join } from 'node:path';
import { parse } from 'graphql';
import { subgraphSdl } from '../../compose/subgraph-sdl.js';
import type { Kind } from '../../kinds/kinds.js';
import { type ArrayCall, createArrayFeed } from './array-feed.js';
import { createArrayRegistry } from './array-registry.js';
import { openTestHub } from './open-test-hub.js';

export type Input = Readonly<Record<string, unknown>>;

/** The subject of the first row of every interface; the second row is about nobody. */
export const SHOP = 'uscc:91330922MA28K00156';
/** Who owns the shop. */
export const OWNER = 'person:1';

/** What became of a query. */
export interface Asked {
  readonly data: Input | null;
  /** Extensions of the errors. */
  readonly refused: readonly unknown[];
  /** What the departments were asked. */
  readonly calls: readonly ArrayCall[];
}

interface AskedHub {
  ask(query: string, variables: Input): Promise<Asked>;
}

const KINDS: readonly Kind[] = ['Inspection', 'Case', 'Licence', 'Complaint'];

/** Days of the departments' inspections and complaints: thirty days lie between them. */
const DATES: Readonly<Record<string, string>> = { market: '2026-06-01', marine: '2026-05-02' };

/** A hub over the departments MARKET and MARINE, with an interface of two rows for each kind of row. */
export function openAskedHub(): AskedHub {
  const feeds = ['market', 'marine'].map((department) =>
    createArrayFeed(
      department,
      KINDS.map((kind) => ({
        name: `${department}.${kind.toLowerCase()}`,
        kind,
        departments: [department.toUpperCase()],
        rows: [rowOf(department, '1', SHOP), rowOf(department, '2', null)],
      })),
    ),
  );
  const hub = openTestHub(
    feeds,
    createArrayRegistry([subject(SHOP, 'ORGANISATION', [OWNER]), subject(OWNER, 'PERSON', [])]),
  );
  return {
    ask: async (query, variables) => {
      for (const { calls } of feeds) calls.length = 0;
      const { data, errors } = await hub.ask(query, variables);
      const refused = errors.map(({ extensions }) => extensions);
      return { data, refused, calls: feeds.flatMap(({ calls }) => [...calls]) };
    },
  };
}

function rowOf(department: string, key: string, subject: string | null) {
  const days = { date: DATES[department] ?? null, filedAt: '2026-06-01', validTo: null };
  return { key: [key], subject, values: { department: department.toUpperCase(), state: 'VALID', ...days } };
}

function subject(id: string, kind: 'ORGANISATION' | 'PERSON', owners: readonly string[]) {
  return { id, keys: [id], kind, name: '海晏', township: null, industry: null, state: null, owners };
}

const INPUTS: ReadonlyMap<string, readonly string[]> = new Map(
  parse(subgraphSdl(join(import.meta.dirname, '..', '..', '..'), 'hub')).definitions.flatMap((node) =>
    node.kind === 'InputObjectTypeDefinition'
      ? [
          [
            node.name.value,
            (node.fields ?? []).flatMap(({ name, type }) =>
              type.kind === 'NonNullType' ? [] : [name.value],
            ),
          ] as const,
        ]
      : [],
  ),
);

/** Fields of an input type of the schema that may be null. */
export function nullableFieldsOf(input: string): readonly string[] {
  const fields = INPUTS.get(input);
  if (fields === undefined) throw new Error(`the schema has no input ${input}`);
  return fields;
}
