import { buildSchema, printSchema, validateSchema } from 'graphql';
import { leanSchema } from './lean-schema.js';

const SDL = `directive @weighs(by: Int = 1) on FIELD_DEFINITION

"""甲。One."""
type Query {
  list(first: Int = 10, of: Filter): [Item!]! @deprecated(reason: "old")
}

interface Named {
  name: String
}

type Item implements Named {
  name: String
  state: State
}

input Filter {
  state: State = OPEN
}

enum State {
  OPEN
  CLOSED @deprecated(reason: "gone")
}

union Any = Item

scalar Day @specifiedBy(url: "https://example.org/day")`;

/** Every object that can be reached and is a part of the schema. */
function reached(from: unknown, seen = new Set<object>()): ReadonlySet<object> {
  if (typeof from !== 'object' || from === null || seen.has(from)) return seen;
  seen.add(from);
  for (const one of from instanceof Map ? from.values() : Object.values(from)) reached(one, seen);
  return seen;
}

describe('leanSchema()', () => {
  it('leaves the schema as it is said, and nothing of what it was built from', () => {
    const schema = leanSchema(buildSchema(SDL, { noLocation: true }));
    expect(printSchema(schema)).toBe(printSchema(buildSchema(SDL)));
    expect(validateSchema(schema)).toEqual([]);
    const own = [...reached(schema)].filter((one) => 'kind' in one && typeof one.kind === 'string');
    expect(own).toEqual([]);
  });
});
