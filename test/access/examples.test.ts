import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, parse } from 'graphql';
import { createRuleBook } from '../../gateway/access/authorise/access-rules.js';
import { authoriseOperation } from '../../gateway/access/authorise/authorise-operation.js';
import { parsePolicy } from '../../gateway/access/policy/policy.js';
import { readRequirements } from '../../gateway/access/requirements/read-requirements.js';
import { describeOperation } from '../../gateway/execute/described-operation.js';
import { findProjectRoot } from '../../runtime/project-root.js';

const root = findProjectRoot();
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const schema = buildSchema(read('schema/api.graphql'));
const { requirements } = readRequirements(read('schema/supergraph.graphql'));
const rulesFor = createRuleBook(schema, requirements, parsePolicy(read('schema/policy.yaml'), 'policy.yaml'));

function authorise(name: string, role: string, hasPurpose: boolean) {
  const described = describeOperation(parse(read(join('examples/queries', name))), undefined, schema);
  if (described instanceof Error) throw described;
  const rules = rulesFor({ role, scopes: new Set(), isKnown: true, hasPurpose });
  return authoriseOperation({ ...described, schema }, rules);
}

const NAMES = readdirSync(join(root, 'examples/queries'));

describe('the examples', () => {
  it.each(NAMES.filter((name) => name.startsWith('t')))(
    'tile %s is open to a dashboard, and shows nothing personal',
    (name) => {
      const { denied, masked, level } = authorise(name, 'dashboard', false);
      expect({ denied, masked }).toEqual({ denied: [], masked: [] });
      expect(['L1', 'L2']).toContain(level);
    },
  );

  it.each(NAMES)('%s is open to an analyst who names a legal matter', (name) => {
    const { denied, masked } = authorise(name, 'analyst', true);
    expect({ denied, masked }).toEqual({ denied: [], masked: [] });
  });

  it('show nothing to those who administer the gateway', () => {
    for (const role of ['system', 'security', 'audit']) {
      for (const name of NAMES) expect(authorise(name, role, true).level).toBe('L1');
      expect(authorise('t01-comprehensive-share.graphql', role, true).denied.length).toBeGreaterThan(0);
    }
  });
});
