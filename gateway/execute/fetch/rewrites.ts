import type { Joins } from '../../plan/joins.js';
import type { Rewrite } from '../../plan/query-plan.js';
import { type AnswerObject, isAnswerObject } from './compile-merge.js';

const FRAGMENT = '... on ';

/** Changes an object along the rewrites of a plan: names of types of interface objects, fields under other names. */
export function applyRewrites(value: unknown, rewrites: readonly Rewrite[], joins: Joins): void {
  for (const rewrite of rewrites) rewriteAt(value, rewrite.path, rewrite, joins);
}

function rewriteAt(value: unknown, path: readonly string[], rewrite: Rewrite, joins: Joins): void {
  if (Array.isArray(value)) {
    for (const element of value) rewriteAt(element, path, rewrite, joins);
    return;
  }
  const [first, ...rest] = path;
  if (!isAnswerObject(value) || first === undefined) return;
  if (first.startsWith(FRAGMENT)) {
    if (fits(value, first.slice(FRAGMENT.length), joins)) rewriteAt(value, rest, rewrite, joins);
  } else if (rest.length > 0) {
    if (Object.hasOwn(value, first)) rewriteAt(value[first], rest, rewrite, joins);
  } else if (rewrite.kind === 'ValueSetter') {
    setOwn(value, first, rewrite.setValueTo);
  } else if (Object.hasOwn(value, first) && value[first] !== undefined) {
    setOwn(value, rewrite.renameKeyTo, value[first]);
    delete value[first];
  }
}

function setOwn(object: AnswerObject, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
}

function fits(value: AnswerObject, typeCondition: string, joins: Joins): boolean {
  const name = value.__typename;
  return typeof name !== 'string' || joins.narrowerTypes(typeCondition).has(name);
}
