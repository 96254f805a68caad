import type { ProjectedObject, ProjectedType, Projection } from './projection.js';

/** Whose data an answer holds. */
export interface Touched {
  /** How many objects of each type, by its name. */
  readonly types: ReadonlyMap<string, number>;
  /** What names the objects of the type `Subject`: their ids and refs. */
  readonly subjects: ReadonlySet<string>;
}

/** The entity that people are told apart by in the audit. */
export const SUBJECT = 'Subject';

/** Counts what of the gathered data the projection shows, object by object. */
export function countTouched({ root }: Projection, data: unknown): Touched {
  const types = new Map<string, number>();
  const subjects = new Set<string>();
  const walkObject = (object: ProjectedObject, value: unknown): void => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    types.set(object.typeName, (types.get(object.typeName) ?? 0) + 1);
    const members = value as Readonly<Record<string, unknown>>;
    if (object.typeName === SUBJECT) {
      for (const name of [members.id, members.ref]) if (typeof name === 'string') subjects.add(name);
    }
    for (const field of object.fields) if (field.kind === 'data') walk(field.type, members[field.source]);
  };
  const walk = (type: ProjectedType, value: unknown): void => {
    if (value === null || value === undefined) return;
    if (type.kind === 'list') {
      if (Array.isArray(value)) for (const item of value) walk(type.item, item);
    } else if (type.kind === 'object') walkObject(type.object, value);
    else if (type.kind === 'abstract') {
      const named = (value as { readonly __typename?: unknown }).__typename;
      const object = type.objectOf(named);
      if (object !== null) walkObject(object, value);
    }
  };
  walkObject(root, data);
  types.delete(root.typeName);
  return { types, subjects };
}
