import { Kind, type SelectionSetNode } from 'graphql';
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
  readonly check: DigitsCheck;
}

/** Null when there is nothing to look at. */
function compileObject(selectionSet: SelectionSetNode, typeName: string, joins: Joins): DigitsCheck | null {
  const members = membersOf(selectionSet, typeName, joins);
  if (members.length === 0) return null;
  const check: DigitsCheck = (value) => {
    if (Array.isArray(value)) return value.some(check);
    if (typeof value !== 'object' || value === null) return false;
    for (const member of members) {
      if (member.check((value as Readonly<Record<string, unknown>>)[member.name])) return true;
    }
    return false;
  };
  return check;
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
    const field = joins.types.get(typeName)?.fields.get(selection.name.value);
    const inner = field === undefined ? '' : nameOfType(field.type);
    const check =
      selection.selectionSet === undefined
        ? compileLeaf(inner, joins)
        : compileObject(selection.selectionSet, inner, joins);
    return check === null ? [] : [{ name: responseNameOf(selection), check }];
  });
}

function compileLeaf(typeName: string, joins: Joins): DigitsCheck | null {
  if (SAFE_TYPES.has(typeName) || joins.enums.has(typeName)) return null;
  const isDoubtful = typeName === 'ID' ? isLongNumber : isNumeric;
  const check: DigitsCheck = (value) => (Array.isArray(value) ? value.some(check) : isDoubtful(value));
  return check;
}

function isLongNumber(value: unknown): boolean {
  return typeof value === 'number' && !Number.isSafeInteger(value);
}

/** A custom scalar may be an object with numbers anywhere in it. */
function isNumeric(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'object' && value !== null);
}
