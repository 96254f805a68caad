import { ExactNumber } from '../../../runtime/json/exact-json.js';
import type { ErrorPath } from '../public-error.js';
import type { Introspect, ProjectedField, ProjectedObject, ProjectedType, Projection } from './projection.js';

/** A value that is not as the schema has it. */
export interface Violation {
  readonly path: ErrorPath;
  /** `null`: it must not be; `malformed`: no value of the type; `missing`: the plan has nothing for a field. */
  readonly kind: 'null' | 'malformed' | 'missing';
}

interface CompletedAnswer {
  /** JSON text. */
  readonly data: string;
  readonly violations: readonly Violation[];
}

/** A null that went up to a place where one is allowed. */
const BUBBLE = Symbol('bubble');
/** JSON text. */
type Completed = string | typeof BUBBLE;

/** Does what a writer does, step by step: nulls where the schema allows them, and says why and where. */
export function completeAnswer({ root }: Projection, data: unknown, introspect: Introspect): CompletedAnswer {
  const violations: Violation[] = [];

  const completeObject = (object: ProjectedObject, value: object, path: ErrorPath): Completed => {
    const members: string[] = [];
    for (const field of object.fields) {
      const inner = completeField(field, object, value, path);
      if (inner === BUBBLE) return BUBBLE;
      members.push(`${JSON.stringify(field.responseName)}:${inner}`);
    }
    return `{${members.join(',')}}`;
  };

  const completeField = (
    field: ProjectedField,
    object: ProjectedObject,
    value: object,
    path: ErrorPath,
  ): Completed => {
    if (field.kind === 'typename') return JSON.stringify(object.typeName);
    if (field.kind === 'introspection') return introspect(field);
    // Why is told beside the data.
    if (field.kind === 'denied') return field.isNonNull ? BUBBLE : 'null';
    const at = [...path, field.responseName];
    const member = Object.hasOwn(value, field.source)
      ? (value as Readonly<Record<string, unknown>>)[field.source]
      : undefined;
    if (member === undefined && path.length === 0) return refuse(field.type, at, 'missing');
    return completeValue(field.type, member, at);
  };

  const refuse = (type: ProjectedType, path: ErrorPath, kind: Violation['kind']): Completed => {
    violations.push({ path, kind });
    return type.isNonNull ? BUBBLE : 'null';
  };

  const completeValue = (type: ProjectedType, value: unknown, path: ErrorPath): Completed => {
    if (value === null || value === undefined) return type.isNonNull ? refuse(type, path, 'null') : 'null';
    const completed = completePresent(type, value, path);
    return completed === BUBBLE && !type.isNonNull ? 'null' : completed;
  };

  const completePresent = (type: ProjectedType, value: unknown, path: ErrorPath): Completed => {
    if (type.kind === 'leaf') return type.leaf.write(value) ?? refuse(type, path, 'malformed');
    if (type.kind === 'list') {
      if (!Array.isArray(value)) return refuse(type, path, 'malformed');
      const items: string[] = [];
      for (const [index, item] of value.entries()) {
        const completed = completeValue(type.item, item, [...path, index]);
        if (completed === BUBBLE) return BUBBLE;
        items.push(completed);
      }
      return `[${items.join(',')}]`;
    }
    if (typeof value !== 'object' || Array.isArray(value)) return refuse(type, path, 'malformed');
    const object = value as Readonly<Record<string, unknown>>;
    if (value instanceof ExactNumber) return refuse(type, path, 'malformed');
    const typeName = Object.hasOwn(object, '__typename') ? object.__typename : undefined;
    const projected = type.kind === 'object' ? type.object : type.objectOf(typeName);
    if (projected === null) return refuse(type, path, 'malformed');
    const isNamed = typeName === undefined || typeName === projected.typeName || projected.isRootType;
    return isNamed ? completeObject(projected, object, path) : refuse(type, path, 'malformed');
  };

  const completed = completeObject(root, data as object, []);
  return { data: completed === BUBBLE ? 'null' : completed, violations };
}
