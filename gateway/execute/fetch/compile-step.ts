import {
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parseType,
  print,
  type SelectionNode,
  stripIgnoredCharacters,
  type VariableDefinitionNode,
} from 'graphql';
import { shapeOf } from './answer-shape.js';
import type { FetchPlanOptions } from './compile-fetch-plan.js';
import { compileMerge } from './compile-merge.js';
import { compilePart } from './compile-part.js';
import type { EntityContent, FetchStep, RootContent } from './fetch-plan.js';
import { isAbstractIn } from './is-abstract-in.js';
import type { PlanSite } from './plan-sites.js';
import { applyRewrites } from './rewrites.js';

const REPRESENTATIONS = '[_Any!]!';

export interface StepInput {
  readonly index: number;
  readonly stepsAfter: number;
  /** Places of the step's sites in `planned`; all of one subgraph, and root fields alone. */
  readonly group: readonly number[];
  readonly planned: readonly PlanSite[];
  readonly options: FetchPlanOptions;
}

interface Compiled<Content> {
  readonly query: string;
  readonly content: Content;
}

export function compileStep(input: StepInput): FetchStep {
  const { index, stepsAfter, group, planned, options } = input;
  const sites = group.flatMap((place) => planned[place] ?? []);
  const [first] = sites;
  if (first === undefined) throw new Error('a step must fetch something');
  const { fetch } = first;
  const { query, content } =
    fetch.requires === undefined ? compileRoot(first, options) : compileEntities(input, sites);
  return {
    index,
    subgraph: fetch.serviceName,
    query,
    operationName: fetch.operationName,
    variableNames: [...new Set(sites.flatMap((site) => site.fetch.variableUsages ?? []))],
    stepsAfter,
    sites: group,
    content,
  };
}

function compileRoot({ fetch, operation }: PlanSite, { joins }: FetchPlanOptions): Compiled<RootContent> {
  const shape = shapeOf(operation.selectionSet);
  const rewrites = fetch.outputRewrites ?? [];
  return {
    query: textOf(operation),
    content: {
      kind: 'root',
      merge: compileMerge(shape, isAbstractIn(joins)),
      rewrite: (data) => applyRewrites(data, rewrites, joins),
      fields: shape.members.map(({ name }) => name).filter((name) => name !== '__typename'),
    },
  };
}

/** Sites with the same question share one `_entities`; the others get one each, under an alias. */
function compileEntities(
  { group, planned, options }: StepInput,
  sites: readonly PlanSite[],
): Compiled<EntityContent> {
  const questions = new Map<string, number[]>();
  for (const place of group) {
    const site = planned[place];
    if (site === undefined) continue;
    const { requires, inputRewrites, outputRewrites } = site.fetch;
    const operation = print(withoutName(site.operation));
    const question = JSON.stringify([requires, operation, inputRewrites, outputRewrites]);
    questions.set(question, [...(questions.get(question) ?? []), place]);
  }
  const isAlone = questions.size === 1;
  const compiled = [...questions.values()].map((places, number) => {
    const names = isAlone
      ? { responseName: '_entities', variableName: variableName(sites, 'representations') }
      : { responseName: `_${number}`, variableName: variableName(sites, `_${number}`) };
    return compilePart(places, planned, names, options);
  });
  const names = compiled.map(({ part }) => part.variableName);
  const ask = (fields: readonly SelectionNode[]): string =>
    textOf({
      kind: Kind.OPERATION_DEFINITION,
      operation: OperationTypeNode.QUERY,
      ...(sites[0]?.operation.name !== undefined && { name: sites[0].operation.name }),
      variableDefinitions: variableDefinitions(sites, names),
      selectionSet: { kind: Kind.SELECTION_SET, selections: fields },
    });
  return {
    query: ask(compiled.map(({ field }) => field)),
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
function variableName(sites: readonly PlanSite[], wanted: string): string {
  const taken = new Set(sites.flatMap(({ fetch }) => fetch.variableUsages ?? []));
  let name = wanted;
  while (taken.has(name)) name = `_${name}`;
  return name;
}

function variableDefinitions(
  sites: readonly PlanSite[],
  representations: readonly string[],
): readonly VariableDefinitionNode[] {
  const definitions = new Map<string, VariableDefinitionNode>();
  for (const { operation, fetch } of sites) {
    for (const definition of operation.variableDefinitions ?? []) {
      const name = definition.variable.name.value;
      // The planner's own variable; a caller's may have the same name.
      if (print(definition.type) === REPRESENTATIONS) continue;
      if (fetch.variableUsages?.includes(name)) definitions.set(name, definition);
    }
  }
  return [...representations.map(representationsDefinition), ...definitions.values()];
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
