import { publicError } from '../../../runtime/errors.js';
import { type AnswerObject, copyValue, isAnswerObject } from '../fetch/compile-merge.js';
import type { Representation } from '../fetch/compile-representations.js';
import type { RootContent } from '../fetch/fetch-plan.js';
import type { AskedPart } from './ask-parts.js';
import type { PlacedError } from './place-errors.js';

/** Adds the root fields of an answer to what is known: to the root, or to the objects that the plan names. */
export function takeRoot(content: RootContent, data: AnswerObject, known: AnswerObject): void {
  const { place, shape, merge } = content;
  content.rewrite(data);
  if (place === null) merge(known, data);
  // Each object gets values of its own: what is fetched for them later may differ.
  else place.collect(known, (object) => merge(object, copyValue(data, shape) as AnswerObject));
}

/**
 * Adds the entities of an answer to the objects that wait for them. An entity counts only for the representation that
 * stands at its place and says the same key, maybe in another spelling, and a list that fails this once is not used at all: what is shifted or
 * shuffled must not put one subject's data on another.
 *
 * @returns what is wrong with the answer.
 */
export function takeEntities(
  asked: AskedPart,
  data: AnswerObject,
  { areGiven }: { readonly areGiven: boolean },
): readonly PlacedError[] {
  const { part, list, targets, entityIndexes, groups } = asked;
  if (list.length === 0) return [];
  const entities = data[part.responseName];
  // A null list has its error from the subgraph.
  if (entities === null) return [];
  if (!areAnswers(entities, asked, areGiven ? compareKeys(asked) : compareTypes(asked))) {
    return [{ error: publicError('SUBGRAPH_MALFORMED'), path: [part.responseName] }];
  }
  part.rewrite(entities);
  const shares = part.sharesObjects || groups.length === 1;
  const firstTaken: number[] = [];
  for (let place = 0, group = 0; place < targets.length; place++) {
    while (group + 1 < groups.length && (groups[group + 1]?.from ?? 0) <= place) group++;
    const entityIndex = entityIndexes[place] as number;
    const entity = entities[entityIndex] ?? null;
    if (entity === null) continue;
    if (!shares) firstTaken[entityIndex] ??= group;
    const own = shares || firstTaken[entityIndex] === group ? entity : copyValue(entity, part.shape);
    part.merge(targets[place] as AnswerObject, own as AnswerObject);
  }
  return [];
}

/** Whether an answer's object is the one that a representation stands for. */
type IsAnswer = (entity: AnswerObject, representation: Representation) => boolean;

function compareTypes({ part: { echo } }: AskedPart): IsAnswer {
  return (entity, representation) => echo.hasTypeOf(entity, representation);
}

function compareKeys({ part: { echo }, list }: AskedPart): IsAnswer {
  let hasRespelledKey: IsAnswer | null = null;
  return (entity, representation) => {
    if (!echo.hasTypeOf(entity, representation)) return false;
    if (echo.hasKeyOf(entity, representation)) return true;
    hasRespelledKey ??= echo.compareSpellings(list);
    return hasRespelledKey(entity, representation);
  };
}

/** Whether every entity is null or the one that was asked for at its place. */
function areAnswers(
  entities: unknown,
  { list }: AskedPart,
  isAnswer: IsAnswer,
): entities is (AnswerObject | null)[] {
  if (!Array.isArray(entities) || entities.length !== list.length) return false;
  for (let entityIndex = 0; entityIndex < list.length; entityIndex++) {
    const entity: unknown = entities[entityIndex];
    if (entity === null) continue;
    const representation = list[entityIndex];
    if (!isAnswerObject(entity) || representation === undefined) return false;
    if (!isAnswer(entity, representation)) return false;
  }
  return true;
}
