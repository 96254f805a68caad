import { SUBJECT } from '../execute/project/count-touched.js';
import type { LeafName } from '../execute/project/leaf-kind.js';
import type {
  ProjectedField,
  ProjectedObject,
  ProjectedType,
  Projection,
} from '../execute/project/projection.js';
import { createImageWriter, type ImageWriter } from './image-writer.js';
import * as layout from './layout.js';

/** A projection as the scanner runs it over one reply that has everything of it. */
export interface Program {
  /** See `layout.ts`. */
  readonly image: Uint8Array;
  readonly objects: readonly ProgramObject[];
  readonly rootName: string;
}

/** What one record of the image reads. */
export interface ProgramObject {
  readonly typeName: string;
  /** Place of the record in the image. */
  readonly record: number;
}

/** What the scanner does not do: such an operation is left to the objects. */
export class NotCarried extends Error {}

/** Numbers of what a plan's program knows by number, in the order in which they were first asked for. */
export interface Numbering {
  of(name: string): number;
  readonly names: readonly string[];
}

/** @param first the number of the first one. */
export function createNumbering(first: number): Numbering {
  const numbers = new Map<string, number>();
  const names: string[] = [];
  return {
    names,
    of: (name) => {
      const known = numbers.get(name);
      if (known !== undefined) return known;
      numbers.set(name, first + names.length);
      return first + names.push(name) - 1;
    },
  };
}

/** How members and types are numbered in a program. */
export interface ProgramNumbers {
  readonly members: Numbering;
  readonly types: Numbering;
}

export function createNumbers(): ProgramNumbers {
  return { members: createNumbering(0), types: createNumbering(1) };
}

/**
 * Larger programs are not worth their memory: interfaces of many types, each with objects of its own. What is kept of an
 * operation takes 75 KB for each 1,000 characters of it, beside which this is little.
 */
const MOST_RECORD_BYTES = 64 * 1024;

const LEAF_KINDS: Readonly<Record<Exclude<LeafName, 'masked'>, number>> = {
  text: layout.KIND_TEXT,
  id: layout.KIND_ID,
  int: layout.KIND_INT,
  float: layout.KIND_FLOAT,
  boolean: layout.KIND_BOOLEAN,
  custom: layout.KIND_ANY,
  enum: layout.KIND_ENUM,
};

/**
 * Compiles what the query shows into a program for bytes. It knows no rule that the projection does not have.
 *
 * @param fetched response names of the root fields that the reply is asked for.
 * @returns null when the query shows what a reply does not have as it is: masked values, introspection, a field of the
 *   root that is not fetched.
 */
export function compileProgram({ root }: Projection, fetched: ReadonlySet<string>): Program | null {
  if (!isFetched(root, fetched)) return null;
  try {
    const image = createImageWriter();
    const { objectRecord, known } = createProjectionCompiler(image, createNumbers());
    objectRecord(root, layout.OBJECT_IS_ROOT);
    return { image: image.finish(), objects: objectsOf(known), rootName: root.typeName };
  } catch (error) {
    if (error instanceof NotCarried) return null;
    throw error;
  }
}

/** Whether something is fetched for each field of the root. */
export function isFetched({ fields }: ProjectedObject, fetched: ReadonlySet<string>): boolean {
  return fields.every((field) => field.kind !== 'data' || fetched.has(field.source));
}

export function objectsOf(known: ReadonlyMap<ProjectedObject, number>): readonly ProgramObject[] {
  return [...known].map(([{ typeName }, record]) => ({ typeName, record }));
}

/** Writes records of what is shown. */
export function createProjectionCompiler(image: ImageWriter, { members, types }: ProgramNumbers) {
  const known = new Map<ProjectedObject, number>();

  const objectRecord = (object: ProjectedObject, flags: number): number => {
    const compiled = known.get(object);
    if (compiled !== undefined) return compiled;
    if (image.recordBytes() > MOST_RECORD_BYTES) throw new NotCarried('too large');
    const { fields, typeName } = object;
    const record = image.record(layout.OBJECT_BYTES + fields.length * layout.FIELD_BYTES);
    known.set(object, record);
    image.text(record, layout.OBJECT_NAME_AT, JSON.stringify(typeName));
    const ofRoot = object.isRootType ? layout.OBJECT_HAS_ANY_NAME : 0;
    const ofSubject = typeName === SUBJECT ? layout.OBJECT_IS_SUBJECT : 0;
    image.set(record, layout.OBJECT_FLAGS_AT, flags | ofRoot | ofSubject);
    image.set(record, layout.OBJECT_COUNT_AT, fields.length);
    image.set(record, layout.OBJECT_TYPE_AT, types.of(typeName));
    const sources = new Set<string>();
    for (const [index, field] of fields.entries()) {
      writeField(record + layout.OBJECT_BYTES + index * layout.FIELD_BYTES, field, typeName);
      if (field.kind !== 'data') continue;
      // A member of the reply is looked at once.
      if (sources.has(field.source)) throw new NotCarried('a member is shown twice');
      sources.add(field.source);
    }
    return record;
  };

  const writeField = (record: number, field: ProjectedField, typeName: string): void => {
    image.text(record, layout.FIELD_LABEL_AT, `,${JSON.stringify(field.responseName)}:`);
    switch (field.kind) {
      case 'typename':
        image.set(record, layout.FIELD_KIND_AT, layout.FIELD_IS_TYPE_NAME);
        // Its length stands behind its place, as of every text.
        image.text(record, layout.FIELD_VALUE_AT, JSON.stringify(typeName));
        return;
      case 'denied':
        if (field.isNonNull) throw new NotCarried('a null where none may be');
        image.set(record, layout.FIELD_KIND_AT, layout.FIELD_IS_NULL);
        return;
      case 'introspection':
        throw new NotCarried('introspection');
      case 'data':
        if (field.source === '__typename') throw new NotCarried('an alias that stands for the type');
        image.set(record, layout.FIELD_KIND_AT, layout.FIELD_IS_DATA);
        image.text(record, layout.FIELD_KEY_AT, `${JSON.stringify(field.source)}:`);
        image.set(record, layout.FIELD_IS_KEY_AT, field.source === field.responseName ? 1 : 0);
        image.set(record, layout.FIELD_NAME_AT, members.of(field.source));
        image.set(record, layout.FIELD_VALUE_AT, valueRecord(field.type));
    }
  };

  const valueRecord = (type: ProjectedType): number => {
    const record = image.record(layout.VALUE_BYTES);
    image.set(record, layout.VALUE_IS_NON_NULL_AT, type.isNonNull ? 1 : 0);
    const say = (kind: number, more: number): void => {
      image.set(record, layout.VALUE_KIND_AT, kind);
      image.set(record, layout.VALUE_MORE_AT, more);
    };
    switch (type.kind) {
      case 'leaf': {
        const { name, names } = type.leaf;
        if (name === 'masked') throw new NotCarried('a masked value');
        say(LEAF_KINDS[name], names === null ? 0 : namesRecord([...names].map(String), () => 0));
        break;
      }
      case 'list':
        say(layout.KIND_LIST, valueRecord(type.item));
        break;
      case 'object':
        say(layout.KIND_OBJECT, objectRecord(type.object, 0));
        break;
      case 'abstract': {
        const objects = new Map(type.typeNames.map((typeName) => [typeName, type.objectOf(typeName)]));
        const names = [...objects].flatMap(([typeName, object]) => (object === null ? [] : [typeName]));
        say(
          layout.KIND_ABSTRACT,
          namesRecord(names, (name) => objectRecord(objects.get(name) as ProjectedObject, 0)),
        );
      }
    }
    return record;
  };

  const namesRecord = (names: readonly string[], objectNamed: (name: string) => number): number => {
    const record = image.record(layout.NAMES_BYTES + names.length * layout.NAME_BYTES);
    image.set(record, 0, names.length);
    for (const [index, name] of names.entries()) {
      const entry = record + layout.NAMES_BYTES + index * layout.NAME_BYTES;
      image.text(entry, layout.NAME_TEXT_AT, JSON.stringify(name));
      const object = objectNamed(name);
      image.set(entry, layout.NAME_OBJECT_AT, object);
      if (object !== 0) image.set(entry, layout.NAME_TYPE_AT, types.of(name));
    }
    return record;
  };

  return { objectRecord, known };
}
