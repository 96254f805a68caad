import type { ExecutionResult, GraphQLError } from 'graphql';
import { findObjects } from '../fetch/collect-objects.js';
import type { AnswerObject } from '../fetch/compile-merge.js';
import type { FetchRequest, RootContent } from '../fetch/fetch-plan.js';
import type { ErrorPath } from '../public-error.js';
import type { AskedPart } from './ask-parts.js';

export interface PlacedError {
  readonly error: GraphQLError;
  /** Undefined when the error belongs to no field. */
  readonly path: ErrorPath | undefined;
}

/** Places at which one error of an entity is reported; an entity may be shown at thousands. */
const MAX_PLACES = 100;

/**
 * Says where in the answer the errors of one request belong. One that names an entity belongs to every place that shows
 * it; one without a path is the whole request's: its place is what all its objects have in common, and the field if it
 * is one.
 */
export function placeErrors(
  errors: readonly PlacedError[],
  request: FetchRequest,
  asked: readonly AskedPart[],
  data: AnswerObject,
): readonly PlacedError[] {
  const { content } = request;
  if (content.kind === 'root') {
    const only = content.fields.length === 1 ? content.fields : undefined;
    const roots = rootPlaces(content, data).slice(0, MAX_PLACES);
    return errors.flatMap(({ error, path }) => {
      const below = path?.length ? path : only;
      if (content.place === null) return [{ error, path: below }];
      return roots.map((root) => ({ error, path: [...root, ...(below ?? [])] }));
    });
  }
  const places = new Map(asked.map((one) => [one, placesOf(one, data)]));
  return errors.flatMap(({ error, path }) => {
    const [field, entityIndex, ...below] = path ?? [];
    const one = asked.find(({ part }) => part.responseName === field);
    if (one === undefined) return asked.flatMap((each) => wholePart(error, each, places.get(each) ?? []));
    const own =
      typeof entityIndex === 'number'
        ? places.get(one)?.filter((place) => place.entityIndex === entityIndex)
        : undefined;
    if (own === undefined || own.length === 0) return wholePart(error, one, places.get(one) ?? []);
    return own.slice(0, MAX_PLACES).map((place) => ({ error, path: [...place.path, ...below] }));
  });
}

/** Places of the objects that the fields of a root type are fetched for. */
export function rootPlaces({ place }: RootContent, data: AnswerObject): readonly ErrorPath[] {
  return place === null ? [[]] : findObjects(data, place.path).map(({ path }) => path);
}

/** Places of the objects that got nothing because of an error of their own, or of the whole answer. */
export function lostPlaces(
  asked: readonly AskedPart[],
  { data: answer, errors = [] }: ExecutionResult,
  data: AnswerObject,
): readonly ErrorPath[] {
  return asked.flatMap((one) => {
    const field = one.part.responseName;
    const entities = answer?.[field];
    const own = new Set(errors.flatMap(({ path }) => (path?.[0] === field ? [path[1]] : [])));
    const isWhole = errors.some(({ path }) => path === undefined || path.length < 2);
    const isLost = (entityIndex: number): boolean =>
      !Array.isArray(entities) ||
      ((entities[entityIndex] ?? null) === null && (isWhole || own.has(entityIndex)));
    return placesOf(one, data).flatMap(({ entityIndex, path }) => (isLost(entityIndex) ? [path] : []));
  });
}

interface EntityPlace {
  readonly entityIndex: number;
  readonly path: ErrorPath;
}

/** All places that wait for the part's answer. */
function placesOf({ targets, entityIndexes, groups }: AskedPart, data: AnswerObject): readonly EntityPlace[] {
  const entityIndexOf = new Map(targets.map((target, place) => [target, entityIndexes[place] ?? 0]));
  return groups.flatMap(({ path }) =>
    findObjects(data, path).flatMap(({ object, path: at }) => {
      const entityIndex = entityIndexOf.get(object);
      return entityIndex === undefined ? [] : [{ entityIndex, path: at }];
    }),
  );
}

function wholePart(
  error: GraphQLError,
  { part, list }: AskedPart,
  places: readonly EntityPlace[],
): readonly PlacedError[] {
  if (list.length === 0) return [];
  const [first, ...others] = places;
  if (first === undefined) return [{ error, path: undefined }];
  if (others.length === 0)
    return [{ error, path: part.fields.length === 1 ? [...first.path, ...part.fields] : first.path }];
  const common = others.reduce<ErrorPath>((before, { path }) => commonPrefix(before, path), first.path);
  // Places that have nothing in common are the whole answer.
  return [{ error, path: common.length === 0 ? undefined : common }];
}

function commonPrefix(left: ErrorPath, right: ErrorPath): ErrorPath {
  const end = left.findIndex((part, index) => part !== right[index]);
  return end < 0 ? left : left.slice(0, end);
}
