import { parsePlacedYaml } from '../../../runtime/yaml/placed-yaml.js';
import type { Problem } from '../../../runtime/yaml/problem.js';
import { matcherOf } from './policy.js';

/**
 * What a policy says of types that the graph does not have: a misspelt name opens nothing, and closes nothing.
 *
 * @param content a policy without errors.
 * @param types names of the graph's types.
 */
export function lintPolicy(content: string, file: string, types: readonly string[]): readonly Problem[] {
  const yaml = parsePlacedYaml(content, file);
  const { roles } = yaml.value as {
    readonly roles: Readonly<Record<string, { readonly types: Readonly<Record<string, unknown>> }>>;
  };
  return Object.entries(roles).flatMap(([role, said]) =>
    Object.keys(said.types)
      .filter((pattern) => !types.some(matcherOf(pattern)))
      .map((pattern): Problem => {
        return {
          rule: 'unknown-type',
          severity: 'error',
          place: yaml.placeOf(['roles', role, 'types', pattern]),
          zh: `图里没有“${pattern}”这样的类型。`,
          en: `types must name types of the graph, but there is none like ${pattern}.`,
        };
      }),
  );
}
