import {
  type DirectiveNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parseType,
  print,
  type SelectionNode,
  stripIgnoredCharacters,
  type VariableDefinitionNode,
} from 'graphql';
import { compileCollect } from './collect-objects.js';
import { compileMerge } from './compile-merge.js';
import { compilePart } from './compile-part.js';
import { compileDigitsCheck, type DigitsCheck } from './digits-check.js';
import type { EntityContent, FetchRequest, RootContent } from './fetch-plan.js';
import type { FetchPlanOptions } from './fetch-plan-options.js';
import { isAbstractIn } from './is-abstract-in.js';
import type { PlannedGroup } from './planned-groups.js';
import { shapeOf } from './reply-shape.js';
import { applyRewrites } from './rewrites.js';

const REPRESENTATIONS = '[_Any!]!';

interface RequestInput {
  readonly index: number;
  readonly requestsAfter: number;
  /** Places of the request's groups in `planned`; all of one subgraph, and root fields alone. */
  readonly batch: readonly number[];
  readonly planned: readonly PlannedGroup[];
  readonly options: FetchPlanOptions;
}

interface Compiled<Content> {
  readonly query: string;
  readonly mayLoseDigits: DigitsCheck;
  readonly content: Content;
}

export function compileRequest(input: RequestInput): FetchRequest {
  const { index, requestsAfter, batch, planned, options } = input;
  const groups = batch.flatMap((place) => planned[place] ?? []);
  const [first] = groups;
  if (first === undefined) throw new Error('a request must fetch something');
  const { fetch } = first;
  const { query, mayLoseDigits, content } = first.isOfEntities
    ? compileEntities(input, groups)
    : compileRoot(first, options);
  return {
    index,
    subgraph: fetch.serviceName,
    query,
    operationName: fetch.operationName,
    mayLoseDigits,
    variableNames: [...new Set(groups.flatMap((group) => group.fetch.variableUsages ?? []))],
    requestsAfter,
    groups: batch,
    content,
  };
}

function compileRoot(
  group: PlannedGroup,
  { joins, operation: asked }: FetchPlanOptions,
): Compiled<RootContent> {
  const { fetch, path } = group;
  const { variableDefinitions = [] } = group.operation;
  const operation = {
    ...group.operation,
    variableDefinitions: variableDefinitions.map((one) => withOwnDirectives(one, asked)),
  };
  const shape = shapeOf(operation.selectionSet);
  const rewrites = fetch.outputRewrites ?? [];
  return {
    query: textOf(operation),
    mayLoseDigits: compileDigitsCheck(
      operation.selectionSet,
      joins.rootTypes.get(operation.operation) ?? '',
      joins,
    ),
    content: {
      kind: 'root',
      place: path.length === 0 ? null : { path, collect: compileCollect(path) },
      shape,
      merge: compileMerge(shape, isAbstractIn(joins)),
      rewrite: (data) => applyRewrites(data, rewrites, joins),
      isRewritten: rewrites.length > 0,
      fields: shape.members.map(({ name }) => name).filter((name) => name !== '__typename'),
    },
  };
}

/** Sites with the same question share one `_entities`; the others get one each, under an alias. */
function compileEntities(
  { batch, planned, options }: RequestInput,
  groups: readonly PlannedGroup[],
): Compiled<EntityContent> {
  const questions = new Map<string, number[]>();
  for (const place of batch) {
    const group = planned[place];
    if (group === undefined) continue;
    const { requires, inputRewrites, outputRewrites } = group.fetch;
    const operation = print(withoutName(group.operation));
    const question = JSON.stringify([requires, operation, inputRewrites, outputRewrites]);
    questions.set(question, [...(questions.get(question) ?? []), place]);
  }
  const isAlone = questions.size === 1;
  const compiled = [...questions.values()].map((places, number) => {
    const names = isAlone
      ? { responseName: '_entities', variableName: variableName(groups, 'representations') }
      : { responseName: `_${number}`, variableName: variableName(groups, `_${number}`) };
    return compilePart(places, planned, names, options);
  });
  const names = compiled.map(({ part }) => part.variableName);
  const ask = (fields: readonly SelectionNode[]): string =>
    textOf({
      kind: Kind.OPERATION_DEFINITION,
      operation: OperationTypeNode.QUERY,
      ...(groups[0]?.operation.name !== undefined && { name: groups[0].operation.name }),
      variableDefinitions: variableDefinitions(groups, names).map((one) =>
        withOwnDirectives(one, options.operation),
      ),
      directives: operationDirectives(groups),
      selectionSet: { kind: Kind.SELECTION_SET, selections: fields },
    });
  const fields = compiled.map(({ field }) => field);
  return {
    query: ask(fields),
    mayLoseDigits: compileDigitsCheck({ kind: Kind.SELECTION_SET, selections: fields }, '', options.joins),
    content: {
      kind: 'entities',
      keylessQuery: ask(compiled.map(({ keylessField }) => keylessField)),
      keys: { areGiven: true },
      parts: compiled.map(({ part }) => part),
    },
  };
}

/** Operations that differ in nothing but the name that the planner gave them ask the same. */
function withoutName({ name: _, ...nameless }: OperationDefinitionNode): OperationDefinitionNode {
  return nameless;
}

/** A name that none of the caller's variables has. */
function variableName(groups: readonly PlannedGroup[], wanted: string): string {
  const taken = new Set(groups.flatMap(({ fetch }) => fetch.variableUsages ?? []));
  let name = wanted;
  while (taken.has(name)) name = `_${name}`;
  return name;
}

function variableDefinitions(
  groups: readonly PlannedGroup[],
  representations: readonly string[],
): readonly VariableDefinitionNode[] {
  const definitions = new Map<string, VariableDefinitionNode>();
  for (const { operation, fetch } of groups) {
    for (const definition of operation.variableDefinitions ?? []) {
      const name = definition.variable.name.value;
      // The planner's own variable; a caller's may have the same name.
      if (print(definition.type) === REPRESENTATIONS) continue;
      if (fetch.variableUsages?.includes(name)) definitions.set(name, definition);
    }
  }
  return [...representations.map(representationsDefinition), ...definitions.values()];
}

/** The definition of a variable with the directives that the caller gave it. */
function withOwnDirectives(
  definition: VariableDefinitionNode,
  { variableDefinitions = [] }: FetchPlanOptions['operation'],
): VariableDefinitionNode {
  const own = variableDefinitions.find(
    ({ variable }) => variable.name.value === definition.variable.name.value,
  );
  const { directives = [] } = own ?? {};
  return directives.length === 0 ? definition : { ...definition, directives };
}

/** Of the caller's operation: the planner gives them to each of its fetches. */
function operationDirectives(groups: readonly PlannedGroup[]): readonly DirectiveNode[] {
  const [directives = []] = groups
    .map(({ operation }) => operation.directives ?? [])
    .filter((all) => all.length > 0);
  return directives;
}

function representationsDefinition(name: string): VariableDefinitionNode {
  return {
    kind: Kind.VARIABLE_DEFINITION,
    variable: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } },
    type: parseType(REPRESENTATIONS, { noLocation: true }),
  };
}

function textOf(operation: OperationDefinitionNode): string {
  return stripIgnoredCharacters(print(operation));
}
