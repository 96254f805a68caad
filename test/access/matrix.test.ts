import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildSchema,
  type GraphQLInputType,
  type GraphQLObjectType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import { type AccessRules, createRuleBook } from '../../gateway/access/authorise/access-rules.js';
import {
  type AuthorisedOperation,
  authoriseOperation,
} from '../../gateway/access/authorise/authorise-operation.js';
import { parsePolicy } from '../../gateway/access/policy/policy.js';
import { readRequirements } from '../../gateway/access/requirements/read-requirements.js';
import { describeOperation } from '../../gateway/execute/described-operation.js';
import { findProjectRoot } from '../../runtime/project-root.js';
import { readPolicyOracle } from './policy-oracle.js';
import { argumentsOf, enumOf, literalOf, neededBy, textOf } from './selections.js';

const read = (file: string): string => readFileSync(join(findProjectRoot(), file), 'utf8');
const schema = buildSchema(read('schema/api.graphql'));
const { requirements } = readRequirements(read('schema/supergraph.graphql'));
const rulesFor = createRuleBook(schema, requirements, parsePolicy(read('schema/policy.yaml'), 'policy.yaml'));
const oracle = readPolicyOracle();

const rulesOf = (role: string, hasPurpose: boolean): AccessRules =>
  rulesFor({ role, scopes: new Set(), isKnown: true, hasPurpose });

function authorise(query: string, rules: AccessRules): AuthorisedOperation {
  const described = describeOperation(parse(query), undefined, schema);
  if (described instanceof Error) throw described;
  return authoriseOperation({ ...described, schema }, rules);
}

interface Road {
  readonly type: GraphQLObjectType;
  /** Coordinates passed on the way. */
  readonly passed: readonly string[];
  /** The query around a selection of the type's fields. */
  readonly around: (selection: string) => string;
}

/** The shortest way from the root to each object type. */
function roads(): readonly Road[] {
  const root = schema.getQueryType();
  if (root === undefined || root === null) throw new Error('no Query');
  const found = new Map<string, Road>([
    [root.name, { type: root, passed: [], around: (selection) => `{ ${selection} }` }],
  ]);
  for (const road of found.values()) {
    for (const field of Object.values(road.type.getFields())) {
      const type = getNamedType(field.type);
      if (!isObjectType(type) || found.has(type.name)) continue;
      found.set(type.name, {
        type,
        passed: [...road.passed, `${road.type.name}.${field.name}`, ...neededBy(field.args)],
        around: (selection) => road.around(`${field.name}${argumentsOf(field.args)} { ${selection} }`),
      });
    }
  }
  return [...found.values()];
}

const ROADS = roads();
const ROLES = oracle.roles.flatMap((role): (readonly [string, boolean])[] =>
  oracle.asksPurpose(role)
    ? [
        [role, true],
        [role, false],
      ]
    : [[role, false]],
);

describe.each(ROLES)('role %s, purpose named: %s', (role, hasPurpose) => {
  const rules = rulesOf(role, hasPurpose);
  /** What is shown masked may be read so, but nobody may search by it. */
  const denies = (coordinate: string): boolean => {
    const grant = oracle.grant(role, coordinate, hasPurpose);
    const isShown = isObjectType(schema.getType(coordinate.split('.')[0] ?? ''));
    return grant === 'deny' || (grant === 'mask' && !isShown);
  };

  it.each([
    ['directly', (selection: string, _type: string, around: Road['around']) => around(selection)],
    [
      'in an inline fragment',
      (selection: string, type: string, around: Road['around']) => around(`... on ${type} { ${selection} }`),
    ],
    [
      'in a named fragment',
      (selection: string, type: string, around: Road['around']) =>
        `query ${around('...F')} fragment F on ${type} { ${selection} }`,
    ],
  ] as const)('may read exactly what the policy says, field by field, %s', (_road, wrap) => {
    let cells = 0;
    for (const { type, passed, around } of ROADS) {
      const fields = Object.values(type.getFields());
      const selection = fields.map((field, place) => `a${String(place)}: ${textOf(field)}`).join(' ');
      const { denied } = authorise(wrap(selection, type.name, around), rules);
      const onTheWay = passed.find(denies);
      const own = fields.flatMap(
        ({ name, args }) => [`${type.name}.${name}`, ...neededBy(args)].find(denies) ?? [],
      );
      expect(denied.map(({ coordinate }) => coordinate)).toEqual(onTheWay === undefined ? own : [onTheWay]);
      cells += fields.length;
    }
    expect(cells).toBeGreaterThan(1400);
  });

  it('may filter, sort, count and measure by exactly that, in literals and in variables', () => {
    const query = schema.getQueryType();
    let cells = 0;
    for (const field of Object.values(query?.getFields() ?? {})) {
      if (denies(`Query.${field.name}`)) continue;
      for (const argument of field.args) {
        for (const { text, coordinates } of touchesOf(argument.type)) {
          const selection = isObjectType(getNamedType(field.type)) ? ' { __typename }' : '';
          const literal = `{ ${field.name}${argumentsOf(field.args, { [argument.name]: text })}${selection} }`;
          const mayNot = (one: string): boolean => oracle.grant(role, one, hasPurpose) !== 'allow';
          const inOrder = field.args.flatMap((one) => (one === argument ? coordinates : neededBy([one])));
          const others = field.args.filter((one) => one !== argument);
          expect({ literal, denied: authorise(literal, rules).denied[0]?.coordinate }).toEqual({
            literal,
            denied: inOrder.find(mayNot),
          });
          const byVariable = `query ($v: ${String(argument.type)}) { ${field.name}${argumentsOf(field.args, { [argument.name]: '$v' })}${selection} }`;
          expect(validate(schema, parse(byVariable))).toEqual([]);
          const denied = authorise(byVariable, rules).denyVariables({ v: plainValue(text) });
          const byValue = coordinates.find(mayNot);
          if (!neededBy(others).some(mayNot))
            expect({ literal, denied: denied?.coordinate }).toEqual({ literal, denied: byValue });
          cells += 1;
        }
      }
    }
    if (oracle.grant(role, 'Query.inspections', hasPurpose) !== 'deny' && rules.may('export'))
      expect(cells).toBeGreaterThan(500);
  });
});

/** Every input field and enum value that an argument can hold, one at a time, two levels deep. */
function touchesOf(
  type: GraphQLInputType,
): readonly { readonly text: string; readonly coordinates: readonly string[] }[] {
  const wrap = (text: string): string =>
    isListType(isNonNullType(type) ? type.ofType : type) ? `[${text}]` : text;
  const named = getNamedType(type);
  if (isEnumType(named)) {
    return named
      .getValues()
      .map(({ name }) => ({ text: wrap(name), coordinates: [`${named.name}.${name}`] }));
  }
  if (!isInputObjectType(named)) return [];
  return Object.values(named.getFields()).flatMap((field) => {
    const own = `${named.name}.${field.name}`;
    const needed = Object.values(named.getFields()).filter(
      (other) => other !== field && isNonNullType(other.type) && other.defaultValue === undefined,
    );
    const rest = needed.map((other) => `, ${other.name}: ${literalOf(other.type)}`).join('');
    const inner = getNamedType(field.type);
    const texts =
      isInputObjectType(inner) && inner !== named
        ? Object.values(inner.getFields())
            .filter((deep) => !isInputObjectType(getNamedType(deep.type)))
            .map((deep) => ({
              text: `${isListType(isNonNullType(field.type) ? field.type.ofType : field.type) ? '[' : ''}{${deep.name}: ${literalOf(deep.type)}}${isListType(isNonNullType(field.type) ? field.type.ofType : field.type) ? ']' : ''}`,
              coordinates: [`${inner.name}.${deep.name}`, ...enumOf(deep.type)],
            }))
        : [{ text: literalOf(field.type), coordinates: enumOf(field.type) }];
    return texts.map(({ text, coordinates }) => ({
      text: wrap(`{${field.name}: ${text}${rest}}`),
      coordinates: [own, ...coordinates],
    }));
  });
}

function plainValue(literal: string): unknown {
  const { definitions } = parse(`{ a(v: ${literal}) }`);
  const [operation] = definitions as readonly OperationDefinitionNode[];
  const [field] = operation?.selectionSet.selections ?? [];
  const node = field?.kind === Kind.FIELD ? field.arguments?.[0]?.value : undefined;
  return toValue(node);
}

function toValue(node: unknown): unknown {
  const value = node as { kind: string; value?: unknown; values?: unknown[]; fields?: never[] };
  if (value.kind === Kind.LIST) return value.values?.map(toValue);
  if (value.kind !== Kind.OBJECT) return value.value;
  return Object.fromEntries(
    (value.fields ?? []).map((field: { name: { value: string }; value: unknown }) => [
      field.name.value,
      toValue(field.value),
    ]),
  );
}
