import { memberOf, setMember } from './generated-code.js';
import type { ReplyShape } from './reply-shape.js';

export type AnswerObject = Record<string, unknown>;

/** Adds what one answer says of an object to what is known of it. Neither may be a list. */
export type Merge = (known: AnswerObject, more: AnswerObject) => void;

type MergeValues = (known: unknown, more: unknown) => void;

/** Tells whether a type's objects may turn out to be of a narrower one: an interface's name stands for its objects. */
export type IsAbstract = (typeName: string) => boolean;

/**
 * A function that merges along a shape. What is known stays: where two subgraphs give a leaf, the first that is not
 * null counts; objects are merged member by member, lists of equal length element by element.
 */
export function compileMerge(shape: ReplyShape, isAbstract: IsAbstract): Merge {
  const nested: MergeValues[] = [];
  const lines = shape.members.map(({ name, shape: inner }) => {
    const known = memberOf('known', name);
    const set = setMember('known', name, 'value');
    const read = `value = ${memberOf('more', name)};`;
    if (name === '__typename') {
      return `${read} if (value !== undefined && (${known} == null || isAbstract(${known}))) ${set}`;
    }
    if (inner === null) return `${read} if (value !== undefined && ${known} == null) ${set}`;
    const merge = compileValueMerge(inner, isAbstract);
    const index = nested.push(merge) - 1;
    return `${read} if (value !== undefined) { if (${known} == null) { ${set} } else if (value !== null) nested[${index}](${known}, value); }`;
  });
  const code = `return (known, more) => { let value; ${lines.join('\n')} };`;
  return new Function('nested', 'isAbstract', code)(nested, isAbstract) as Merge;
}

function compileValueMerge(shape: ReplyShape, isAbstract: IsAbstract): MergeValues {
  let mergeObjects: Merge | null = null;
  const merge: MergeValues = (known, more) => {
    if (known === more) return;
    if (Array.isArray(known)) {
      if (!Array.isArray(more) || known.length !== more.length) return;
      for (let index = 0; index < known.length; index++) {
        if (known[index] === null || known[index] === undefined) known[index] = more[index];
        else merge(known[index], more[index]);
      }
    } else if (isAnswerObject(known) && isAnswerObject(more)) {
      // Compiled when it is first needed: most objects are known to one subgraph alone.
      mergeObjects ??= compileMerge(shape, isAbstract);
      mergeObjects(known, more);
    }
  };
  return merge;
}

export function isAnswerObject(value: unknown): value is AnswerObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A copy along a shape, so that one entity's objects at two places can grow apart. */
export function copyValue(value: unknown, shape: ReplyShape | null): unknown {
  if (shape === null || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((element) => copyValue(element, shape));
  const copy: AnswerObject = Object.create(null);
  for (const { name, shape: inner } of shape.members) {
    if (Object.hasOwn(value, name)) copy[name] = copyValue((value as AnswerObject)[name], inner);
  }
  return copy;
}
