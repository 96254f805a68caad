import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, getIntrospectionQuery, parse } from 'graphql';
import { gatewayJsonSchema } from '../../county/config/gateway-schema.js';
import { compileCost } from '../../gateway/cost/compile-cost.js';
import { readCostDirectives } from '../../gateway/cost/cost-directives.js';
import { createCostRules } from '../../gateway/cost/cost-rules.js';
import { USUAL_COSTS } from '../../gateway/cost/cost-settings.js';
import { describeOperation } from '../../gateway/execute/described-operation.js';
import { judgeText } from '../../gateway/http/limits/judge-document.js';
import { limitsDocument } from '../../gateway/http/limits/limits-document.js';
import { readOperations } from '../../gateway/http/registered/read-operations.js';
import { LIMIT_NAMES, LIMITS, type Limit, USUAL_LIMITS } from '../../gateway/http/request-limits.js';
import { findProjectRoot } from '../../runtime/project-root.js';

const root = findProjectRoot();
const api = buildSchema(readFileSync(join(root, 'schema', 'api.graphql'), 'utf8'));
const supergraph = parse(readFileSync(join(root, 'schema', 'supergraph.graphql'), 'utf8'));
const rules = createCostRules(api, readCostDirectives(supergraph), USUAL_COSTS.listSize);

/** More requests than the plan of any example holds: there are 25 subgraphs. */
const MOST_CALLS = 100;

/** What a query costs by itself, its variables at their defaults. */
function costOf(query: string): number {
  const described = describeOperation(parse(query), undefined, api);
  if (described instanceof Error) throw described;
  const variables = described.coerce({});
  if (Array.isArray(variables)) throw variables[0];
  const cost = compileCost(described, rules)(variables as Readonly<Record<string, unknown>>);
  if (typeof cost !== 'number') throw new Error(cost.unsliced);
  return cost;
}

/** Cases of the subjects of inspections of subjects. */
const NESTED = [
  '{ subjects(first: 500) { nodes { inspections(first: 500) { nodes { id } } } } }',
  '{ subjects(first: 500) { nodes { inspections(first: 500) { nodes { subject { cases(first: 500) { nodes { id } } } } } } } }',
];

describe('the table of limits', () => {
  it('is what docs/limits.md lists, and what editors know of gateway.yaml', () => {
    const text = readFileSync(join(root, 'docs', 'limits.md'), 'utf8');
    expect(text).toBe(limitsDocument());
    const listed = [...text.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
    expect(listed).toEqual(LIMIT_NAMES);
    const schema = readFileSync(join(root, 'schema', 'gateway.v1.json'), 'utf8');
    expect(schema).toBe(gatewayJsonSchema());
    const known = JSON.parse(schema).properties.limits.properties as Record<string, unknown>;
    expect(Object.keys(known)).toEqual(LIMIT_NAMES);
    expect(known.aliases).toMatchObject({ type: 'integer', minimum: 0, maximum: 500, default: 30 });
  });

  it.each(readdirSync(join(root, 'examples', 'queries')))('has room for examples/queries/%s', (name) => {
    const query = readFileSync(join(root, 'examples', 'queries', name), 'utf8');
    expect(judgeText({ query, operationName: undefined, variables: {} }, USUAL_LIMITS).refused).toBeNull();
  });

  it.each(readdirSync(join(root, 'examples', 'queries')))(
    'has three times the room that examples/queries/%s costs',
    (name) => {
      const query = readFileSync(join(root, 'examples', 'queries', name), 'utf8');
      expect(3 * (costOf(query) + MOST_CALLS * USUAL_COSTS.call)).toBeLessThanOrEqual(USUAL_LIMITS.cost);
    },
  );

  it('has room for two lists of 500 within each other, not for three', () => {
    const [two, three] = NESTED.map(costOf);
    expect(two).toBeLessThan(USUAL_LIMITS.cost);
    expect(three).toBeGreaterThan(100 * USUAL_LIMITS.cost);
  });

  it('counts what it costs to call a source that answers for one key at a time', () => {
    const query = '{ subjects(first: 500) { nodes { register { legalPerson { name } } } } }';
    // The list; each subject, what the register says of it, and a call to the source.
    expect(costOf(query)).toBe(1 + 500 * (1 + 1 + 10));
  });

  it('lets every example be registered', () => {
    const folder = join(root, 'examples', 'queries');
    const { operations, problems } = readOperations(folder, api, USUAL_LIMITS);
    expect(problems).toEqual([]);
    expect(operations).toHaveLength(readdirSync(folder).length);
  });

  it('has room for the usual introspection', () => {
    const query = getIntrospectionQuery();
    expect(judgeText({ query, operationName: undefined, variables: {} }, USUAL_LIMITS).refused).toBeNull();
  });

  it.each(LIMIT_NAMES)(
    'has a usual value of %s within its bounds, and a reason in both languages',
    (name) => {
      const limit: Limit = LIMITS[name];
      expect(limit.default).toBeGreaterThanOrEqual(limit.least);
      expect(limit.default).toBeLessThanOrEqual(limit.most);
      for (const { zh, en } of [limit.what, limit.reason]) {
        expect(zh).toMatch(/[\u4e00-\u9fff]/);
        expect(en).toMatch(/^[\x20-\x7e]+$/);
      }
    },
  );
});
