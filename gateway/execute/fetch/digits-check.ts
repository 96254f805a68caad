import { Kind, type SelectionSetNode, type TypeNode } from 'graphql';
import { type Joins, nameOfType } from '../../plan/joins.js';
import { responseNameOf } from '../../plan/response-name.js';
import { memberOf } from './generated-code.js';

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
  const unit: CodeUnit = { joins, functions: [] };
  const root = declareObject(selectionSet, typeName, unit);
  if (root === null) return () => false;
  return new Function(`${unit.functions.join('\n')}\nreturn ${root};`)() as DigitsCheck;
}

interface CodeUnit {
  readonly joins: Joins;
  /** Declarations. */
  readonly functions: string[];
}

/** @returns the name of a function; null when there is nothing to look at. */
function declareObject(selectionSet: SelectionSetNode, typeName: string, unit: CodeUnit): string | null {
  const body = statementsOf(selectionSet, typeName, unit);
  if (body.length === 0) return null;
  const name = `o${unit.functions.length}`;
  unit.functions.push(
    `function ${name}(o) { if (typeof o !== 'object' || o === null) return false; let v; ${body.join('\n')} return false; }`,
  );
  return name;
}

/** Statements that return true as soon as a member of `o` is doubtful. */
function statementsOf({ selections }: SelectionSetNode, typeName: string, unit: CodeUnit): readonly string[] {
  return selections.flatMap((selection): readonly string[] => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return [];
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      return statementsOf(selection.selectionSet, selection.typeCondition?.name.value ?? typeName, unit);
    }
    if (selection.name.value === '__typename') return [];
    const type = unit.joins.types.get(typeName)?.fields.get(selection.name.value)?.type;
    const inner = type === undefined ? '' : nameOfType(type);
    const test =
      selection.selectionSet === undefined
        ? leafTest(inner, unit.joins)
        : objectTest(declareObject(selection.selectionSet, inner, unit));
    if (test === null) return [];
    // `_entities`, the one field that no supergraph has, is a list.
    const lists = type === undefined ? 1 : countLists(type);
    return [`v = ${memberOf('o', responseNameOf(selection))}; ${withinLists('v', lists, test)}`];
  });
}

/** An expression for the expression of a value. */
type Test = (value: string) => string;

/** Goes into as many lists as the schema has: whatever else a subgraph sends is not gone into. */
function withinLists(value: string, lists: number, test: Test): string {
  const check = `if (${test(value)}) return true;`;
  if (lists === 0) return check;
  const index = `i${lists}`;
  const element = `e${lists}`;
  const each = `const ${element} = ${value}[${index}]; ${withinLists(element, lists - 1, test)}`;
  return `if (Array.isArray(${value})) for (let ${index} = 0; ${index} < ${value}.length; ${index}++) { ${each} } else ${check}`;
}

function countLists(type: TypeNode): number {
  if (type.kind === Kind.NAMED_TYPE) return 0;
  return countLists(type.type) + (type.kind === Kind.LIST_TYPE ? 1 : 0);
}

function objectTest(name: string | null): Test | null {
  return name === null ? null : (value) => `${name}(${value})`;
}

function leafTest(typeName: string, joins: Joins): Test | null {
  if (SAFE_TYPES.has(typeName) || joins.enums.has(typeName)) return null;
  if (typeName === 'ID') return (value) => `typeof ${value} === 'number' && !Number.isSafeInteger(${value})`;
  // A custom scalar may be an object or a list with numbers anywhere in it.
  return (value) => `typeof ${value} === 'number' || (typeof ${value} === 'object' && ${value} !== null)`;
}
