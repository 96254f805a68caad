import {
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import type { RefusalCode } from '../../runtime/errors.js';
import { fragmentsOf } from '../plan/document-parts.js';
import { limitError } from './limits/limit-error.js';
import type { LimitValues } from './request-limits.js';

/** Limits on what an operation asks for. */
export type OperationLimits = Pick<
  LimitValues,
  'depth' | 'rootFields' | 'aliases' | 'selections' | 'directives' | 'listItems'
>;

/** How large an operation is with its fragments unfolded; they count as often as they are spread. */
export interface OperationSize {
  /** Fields below each other. */
  readonly depth: number;
  /** At the root, `__typename` among them. */
  readonly rootFields: number;
  readonly aliases: number;
  /** Fields, and fragments that hold them. */
  readonly selections: number;
  readonly directives: number;
  /** Elements of the lists that the document itself holds. */
  readonly listItems: number;
}

/** Why an operation is beyond the limits; null when it is not. */
export function exceedLimits(size: OperationSize, limits: OperationLimits): GraphQLError | null {
  return (
    beyond('selections', size, limits) ??
    beyond('depth', size, limits) ??
    beyond('rootFields', size, limits) ??
    beyond('aliases', size, limits) ??
    beyond('directives', size, limits) ??
    beyond('listItems', size, limits)
  );
}

function beyond(
  limit: keyof OperationSize,
  size: OperationSize,
  limits: OperationLimits,
): GraphQLError | null {
  const actual = Math.min(size[limit], Number.MAX_SAFE_INTEGER);
  const allowed = limits[limit];
  return actual > allowed ? limitError(CODE, { limit, allowed, actual }) : null;
}

const CODE: RefusalCode = 'GRAPHQL_VALIDATION_FAILED';

/** Whether lists of an operation and of its variables hold more elements than they may together. */
export function exceedListItems(
  { listItems }: Pick<OperationSize, 'listItems'>,
  variables: unknown,
  { listItems: allowed }: Pick<OperationLimits, 'listItems'>,
): GraphQLError | null {
  const actual = listItems + itemsIn(variables);
  return actual > allowed ? limitError(CODE, { limit: 'listItems', allowed, actual }) : null;
}

/** Elements of lists in what a caller sent, without going down by calls. */
function itemsIn(variables: unknown): number {
  if (typeof variables !== 'object' || variables === null) return 0;
  let items = 0;
  const left: object[] = [variables];
  for (let value = left.pop(); value !== undefined; value = left.pop()) {
    if (Array.isArray(value)) items += value.length;
    for (const inner of Array.isArray(value) ? value : Object.values(value)) {
      if (typeof inner === 'object' && inner !== null) left.push(inner);
    }
  }
  return items;
}

/** Selections that a document holds as it is written, those of all its operations and fragments. */
export function writtenSelections(document: DocumentNode): number {
  let written = 0;
  const left: SelectionSetNode[] = document.definitions.flatMap((definition) =>
    'selectionSet' in definition ? [definition.selectionSet] : [],
  );
  for (let set = left.pop(); set !== undefined; set = left.pop()) {
    written += set.selections.length;
    for (const selection of set.selections) {
      if ('selectionSet' in selection && selection.selectionSet !== undefined)
        left.push(selection.selectionSet);
    }
  }
  return written;
}

interface Measure extends Omit<OperationSize, 'rootFields'> {
  /** Fields that stand here, not below others. */
  readonly fields: number;
}

const NOTHING: Measure = {
  depth: 0,
  fields: 0,
  aliases: 0,
  selections: 0,
  directives: 0,
  listItems: 0,
};

/**
 * Measures operations of a document, which need not be valid. Each fragment is measured once and its size multiplied, so that
 * the cost is that of the text, not of what it unfolds to.
 */
export function createMeasure(document: DocumentNode): (operation: OperationDefinitionNode) => OperationSize {
  const fragments = fragmentsOf(document);
  const measures = new Map<string, Measure>();
  const measureFragment = (name: string): Measure => {
    const known = measures.get(name);
    if (known !== undefined) return known;
    // While it is measured it counts as empty: cycles are another rule's business.
    measures.set(name, NOTHING);
    const fragment = fragments.get(name);
    const measured = fragment === undefined ? NOTHING : measureDefinition(fragment);
    measures.set(name, measured);
    return measured;
  };
  const measureDefinition = ({
    selectionSet,
    directives,
  }: Pick<FragmentDefinitionNode, 'selectionSet' | 'directives'>): Measure => {
    const inner = measureSet(selectionSet);
    const own = measureDirectives(directives);
    return {
      ...inner,
      directives: inner.directives + own.directives,
      listItems: inner.listItems + own.listItems,
    };
  };
  const measureInner = (selection: SelectionNode): Measure => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return measureFragment(selection.name.value);
    return selection.selectionSet === undefined ? NOTHING : measureSet(selection.selectionSet);
  };
  const measureSet = ({ selections }: SelectionSetNode): Measure => {
    const sum = { ...NOTHING };
    for (const selection of selections) {
      const isField = selection.kind === Kind.FIELD;
      const inner = measureInner(selection);
      const own = measureDirectives(selection.directives);
      sum.depth = Math.max(sum.depth, inner.depth + (isField ? 1 : 0));
      sum.fields += isField ? 1 : inner.fields;
      sum.aliases += inner.aliases + (isField && selection.alias !== undefined ? 1 : 0);
      sum.selections += inner.selections + 1;
      sum.directives += inner.directives + own.directives;
      sum.listItems += inner.listItems + own.listItems;
      if (isField) for (const { value } of selection.arguments ?? []) sum.listItems += literalItems(value);
    }
    return sum;
  };
  return (operation) => {
    const { fields: rootFields, ...measured } = measureDefinition(operation);
    let { directives, listItems } = measured;
    for (const { defaultValue, directives: given } of operation.variableDefinitions ?? []) {
      const own = measureDirectives(given);
      directives += own.directives;
      listItems += own.listItems + (defaultValue === undefined ? 0 : literalItems(defaultValue));
    }
    return { ...measured, rootFields, directives, listItems };
  };
}

function measureDirectives(directives: readonly DirectiveNode[] | undefined): {
  readonly directives: number;
  readonly listItems: number;
} {
  if (directives === undefined || directives.length === 0) return NOTHING;
  let listItems = 0;
  for (const { arguments: given } of directives) {
    for (const { value } of given ?? []) listItems += literalItems(value);
  }
  return { directives: directives.length, listItems };
}

function literalItems(value: ValueNode): number {
  if (value.kind === Kind.LIST)
    return value.values.reduce((sum, one) => sum + literalItems(one), value.values.length);
  if (value.kind !== Kind.OBJECT) return 0;
  return value.fields.reduce((sum, field) => sum + literalItems(field.value), 0);
}
