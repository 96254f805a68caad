import type { ErrorPath } from '../public-error.js';
import type { ProjectedField, ProjectedObject, ProjectedType, Projection } from './projection.js';

/**
 * An error's place as the caller's query has it: its own names for fields, and no field that it did not ask for: what only
 * the plan needs, a key or a required field, belongs to the object that it was needed for.
 *
 * @param path as the gathered data have it.
 */
export function callersPath({ root }: Projection, data: unknown, path: ErrorPath): ErrorPath {
  const shown: (string | number)[] = [];
  let objects: readonly ProjectedObject[] = [root];
  let type: ProjectedType | null = null;
  let value: unknown = data;
  for (const part of path) {
    if (typeof part === 'number') {
      if (type?.kind !== 'list') break;
      type = type.item;
      shown.push(part);
    } else {
      if (type !== null) objects = objectsOf(type, value);
      const field = objects.map((object) => findField(object, part)).find((found) => found !== null) ?? null;
      if (field === null) break;
      type = field.type;
      shown.push(field.responseName);
    }
    value = memberOf(value, part);
  }
  return shown;
}

type DataField = Extract<ProjectedField, { kind: 'data' }>;

function findField(object: ProjectedObject, source: string): DataField | null {
  for (const field of object.fields) if (field.kind === 'data' && field.source === source) return field;
  return null;
}

/** What is shown of a value; of one that is gone, what would be shown of any type that it can have had. */
function objectsOf(type: ProjectedType, value: unknown): readonly ProjectedObject[] {
  if (type.kind === 'object') return [type.object];
  if (type.kind !== 'abstract') return [];
  const typeName = memberOf(value, '__typename');
  const known = typeName === undefined ? null : type.objectOf(typeName);
  if (known !== null) return [known];
  return type.typeNames.flatMap((name) => type.objectOf(name) ?? []);
}

function memberOf(value: unknown, part: string | number): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
  return (value as Readonly<Record<string | number, unknown>>)[part];
}
