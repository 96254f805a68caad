import { createRequire } from 'node:module';
import { GraphQLError, Kind as NodeKind, parse } from 'graphql';
import type { Place } from '../../runtime/yaml/placed-yaml.js';
import type { Problem } from '../../runtime/yaml/problem.js';
import type { PlacedSdl } from './subgraph-sdl.js';

/** Most who serve have nothing to check, and would load Apollo's federation for nothing: 5 MB and 40 ms. */
const loadApollo = (): typeof import('@apollo/subgraph') =>
  createRequire(import.meta.url)('@apollo/subgraph');

/** What keeps a subgraph's SDL from being a schema, each with its place in the folder's own file. */
export function sdlProblems(sdl: PlacedSdl): readonly Problem[] {
  try {
    loadApollo().buildSubgraphSchema({ typeDefs: parse(sdl.text) });
    return [];
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return graphqlErrorsIn(error).map((one) => sdlProblem(one, sdl));
  }
}

/** @param error of a parser, a validation or a composition; its text may begin with `[name] `. */
export function sdlProblem(error: Error, sdl: PlacedSdl): Problem {
  const message = error.message.replace(/^\[[\w<>-]+\] /, '').split('\n')[0] ?? '';
  return {
    rule: 'sdl-invalid',
    severity: 'error',
    place: placeOf(error, message, sdl),
    zh: `SDL 有误：${message.replace(/\.$/, '')}。`,
    en: `Cannot use the SDL: ${message}`,
  };
}

/** Several errors come as one whose members say where they are. */
function graphqlErrorsIn(error: Error): readonly Error[] {
  const causes = 'causes' in error && Array.isArray(error.causes) ? error.causes : [];
  const errors = causes.filter((cause): cause is Error => cause instanceof Error);
  return errors.length === 0 ? [error] : errors;
}

function placeOf(error: Error, message: string, sdl: PlacedSdl): Place {
  const at = error instanceof GraphQLError ? error.locations?.[0] : undefined;
  if (at !== undefined) return sdl.placeOf(at.line, at.column);
  const [, field = '', type = ''] = /^Field (\w+) already exists on (\w+)/.exec(message) ?? [];
  const twice = fieldPlaces(sdl.text, type, field)[1];
  return twice === undefined ? sdl.placeOf(1, 1) : sdl.placeOf(twice.line, twice.column);
}

/** Where a type's field is defined, in the order of the text. */
function fieldPlaces(text: string, type: string, field: string): readonly { line: number; column: number }[] {
  return parse(text).definitions.flatMap((node) => {
    if (node.kind !== NodeKind.OBJECT_TYPE_DEFINITION || node.name.value !== type) return [];
    return (node.fields ?? [])
      .filter(({ name }) => name.value === field)
      .flatMap(({ name }) => name.loc?.startToken ?? []);
  });
}
