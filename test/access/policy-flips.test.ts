import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import { type Document, parseDocument } from 'yaml';
import { type AccessRules, createRuleBook } from '../../gateway/access/authorise/access-rules.js';
import { GRANTS, type Grant, parsePolicy } from '../../gateway/access/policy/policy.js';
import { readRequirements } from '../../gateway/access/requirements/read-requirements.js';
import { LEVELS, type Level } from '../../runtime/level.js';
import { findProjectRoot } from '../../runtime/project-root.js';

const read = (file: string): string => readFileSync(join(findProjectRoot(), file), 'utf8');
const schema = buildSchema(read('schema/api.graphql'));
const { requirements } = readRequirements(read('schema/supergraph.graphql'));
const TEXT = read('schema/policy.yaml');

const COORDINATES = Object.values(schema.getTypeMap())
  .filter(({ name }) => !name.startsWith('__'))
  .flatMap((type): readonly (readonly [type: string, member: string, isShown: boolean])[] => {
    if (isObjectType(type) || isInterfaceType(type))
      return Object.keys(type.getFields()).map((name) => [type.name, name, true]);
    if (isInputObjectType(type)) return Object.keys(type.getFields()).map((name) => [type.name, name, false]);
    return isEnumType(type) ? type.getValues().map(({ name }) => [type.name, name, false]) : [];
  });

/** What a role may do with every coordinate of the graph, in one text. */
function verdictsOf(rules: AccessRules): string {
  return COORDINATES.map(([type, name, isShown]) => {
    if (!isShown) return rules.denyInput(`${type}.${name}`, type) === null ? 'a' : 'd';
    if (rules.denyField(type, name) !== null) return 'd';
    return rules.masks(type, name) ? 'm' : 'a';
  }).join('');
}

function verdictsUnder(policy: Document, role: string): string {
  const book = createRuleBook(schema, requirements, parsePolicy(String(policy), 'policy.yaml'));
  const rulesOf = (hasPurpose: boolean): AccessRules =>
    book({ role, scopes: new Set(), isKnown: true, hasPurpose });
  return [true, false].map((hasPurpose) => verdictsOf(rulesOf(hasPurpose))).join(' ');
}

interface Row {
  readonly role: string;
  readonly path: readonly string[];
  readonly level: Level | 'purpose';
  readonly said: unknown;
}

const { roles } = parseDocument(TEXT).toJS() as {
  readonly roles: Readonly<
    Record<
      string,
      { readonly purpose?: Level; readonly types: Readonly<Record<string, Partial<Record<Level, Grant>>>> }
    >
  >;
};
const ROWS: readonly Row[] = Object.entries(roles).flatMap(([role, { purpose, types }]): readonly Row[] => [
  ...(purpose === undefined
    ? []
    : [{ role, path: ['roles', role, 'purpose'], level: 'purpose' as const, said: purpose }]),
  ...Object.entries(types).flatMap(([pattern, grants]) =>
    Object.entries(grants).map(([level, said]): Row => {
      return { role, path: ['roles', role, 'types', pattern, level], level: level as Level, said };
    }),
  ),
]);

it('there are as many rows as one expects', () => {
  expect(ROWS.length).toBeGreaterThan(20);
  expect(COORDINATES.length).toBeGreaterThan(2500);
});

it.each(ROWS)('what $role may do changes with every other word in $path', ({ role, path, said }) => {
  const before = verdictsUnder(parseDocument(TEXT), role);
  const words: readonly unknown[] = path.at(-1) === 'purpose' ? LEVELS : GRANTS;
  for (const word of words.filter((one) => one !== said)) {
    const changed = parseDocument(TEXT);
    changed.setIn(path, word);
    expect({ word, isSame: verdictsUnder(changed, role) === before }).toEqual({ word, isSame: false });
  }
});
