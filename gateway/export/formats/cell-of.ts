import { stringifyExact } from '../../../runtime/json/exact-json.js';

/** Between the values of one cell. */
const BETWEEN = '；';

/**
 * What a row has at a path, as text: empty for null, the values of a list joined. Values of one list keep their places, so
 * that columns of the same list can be read side by side.
 */
export function cellOf(row: unknown, path: readonly string[]): string {
  const found = valueAt(row, path, 0);
  if (!Array.isArray(found)) return textOf(found);
  const texts = found.flat(Number.POSITIVE_INFINITY).map(textOf);
  return texts.every((text) => text === '') ? '' : texts.join(BETWEEN);
}

function valueAt(value: unknown, path: readonly string[], depth: number): unknown {
  if (Array.isArray(value)) return value.map((one) => valueAt(one, path, depth));
  const name = path[depth];
  if (name === undefined) return value;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return null;
  return valueAt((value as Readonly<Record<string, unknown>>)[name], path, depth + 1);
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' && !isNumberObject(value) ? (stringifyExact(value) ?? '') : String(value);
}

/** A number with more digits than JavaScript's own. */
function isNumberObject(value: object): boolean {
  return 'isLosslessNumber' in value;
}
