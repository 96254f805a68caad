import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, getIntrospectionQuery } from 'graphql';
import { gatewayJsonSchema } from '../../county/config/gateway-schema.js';
import { judgeText } from '../../gateway/http/limits/judge-document.js';
import { limitsDocument } from '../../gateway/http/limits/limits-document.js';
import { readOperations } from '../../gateway/http/registered/read-operations.js';
import { LIMIT_NAMES, LIMITS, type Limit, USUAL_LIMITS } from '../../gateway/http/request-limits.js';
import { findProjectRoot } from '../../runtime/project-root.js';

const root = findProjectRoot();

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

  it('lets every example be registered', () => {
    const schema = buildSchema(readFileSync(join(root, 'schema', 'api.graphql'), 'utf8'));
    const folder = join(root, 'examples', 'queries');
    const { operations, problems } = readOperations(folder, schema, USUAL_LIMITS);
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
