import { Kind, type SelectionSetNode, type TypeNode } from 'graphql';
import { type Joins, nameOfType } from '../../plan/joins.js';
import { responseNameOf } from '../../plan/response-name.js';

/** Whether a value as `JSON.parse` gives it has a number whose digits may not be those of the text. */
export type DigitsCheck = (value: unknown) => boolean;

/** Values of these types are no numbers, or numbers that JavaScript's hold: Int has 32 bits, Float is a double. */
const SAFE_TYPES = new Set(['Int', 'Float', 'String', 'Boolean']);

/**
 * Compiles a look at the values of IDs and custom scalars in an answer. To look through the answer's text for long numbers
 * instead would cost a third of parsing it.
 *
 * @param typeName of the objects that the selections are asked of; empty where fragments say it.
 */
export function compileDigitsCheck(
  selectionSet: SelectionSetNode,
  typeName: string,
  joins: Joins,
): DigitsCheck {
  return compileObject(selectionSet, typeName, joins) ?? (() => false);
}

interface CheckedMember {
  /** Response name. */
  readonly name: string;
  /** Lists around the values, after the schema: whatever else a subgraph sends is not gone into. */
  readonly lists: number;
  /** Of one value. */
  readonly check: DigitsCheck;
}

/** Null when there is nothing to look at. */
function compileObject(selectionSet: SelectionSetNode, typeName: string, joins: Joins): DigitsCheck | null {
  const members = membersOf(selectionSet, typeName, joins);
  if (members.length === 0) return null;
  return (value) => {
    if (typeof value !== 'object' || value === null) return false;
    for (const { name, lists, check } of members) {
      if (checkLists((value as Readonly<Record<string, unknown>>)[name], lists, check)) return true;
    }
    return false;
  };
}

function checkLists(value: unknown, lists: number, check: DigitsCheck): boolean {
  if (lists === 0 || !Array.isArray(value)) return check(value);
  for (const element of value) if (checkLists(element, lists - 1, check)) return true;
  return false;
}

function membersOf(
  { selections }: SelectionSetNode,
  typeName: string,
  joins: Joins,
): readonly CheckedMember[] {
  return selections.flatMap((selection): readonly CheckedMember[] => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return [];
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      return membersOf(selection.selectionSet, selection.typeCondition?.name.value ?? typeName, joins);
    }
    if (selection.name.value === '__typename') return [];
    const type = joins.types.get(typeName)?.fields.get(selection.name.value)?.type;
    const inner = type === undefined ? '' : nameOfType(type);
    const check =
      selection.selectionSet === undefined
        ? compileLeaf(inner, joins)
        : compileObject(selection.selectionSet, inner, joins);
    if (check === null) return [];
    // `_entities`, the one field that no supergraph has, is a list.
    return [{ name: responseNameOf(selection), lists: type === undefined ? 1 : countLists(type), check }];
  });
}

function countLists(type: TypeNode): number {
  if (type.kind === Kind.NAMED_TYPE) return 0;
  return countLists(type.type) + (type.kind === Kind.LIST_TYPE ? 1 : 0);
}

function compileLeaf(typeName: string, joins: Joins): DigitsCheck | null {
  if (SAFE_TYPES.has(typeName) || joins.enums.has(typeName)) return null;
  return typeName === 'ID' ? isLongNumber : isNumeric;
}

function isLongNumber(value: unknown): boolean {
  return typeof value === 'number' && !Number.isSafeInteger(value);
}

/** A custom scalar may be an object or a list with numbers anywhere in it. */
function isNumeric(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'object' && value !== null);
}
