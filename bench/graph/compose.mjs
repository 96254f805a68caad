import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { SUBGRAPHS } from './subgraphs.mjs';

/**
 * @param {string} origin of the server of all subgraphs @param {Readonly<Record<string, string>>} [others] origins of those with a
 *   server of their own, by name
 * @returns {string} supergraph SDL
 */
export function composeSupergraph(origin, others = {}) {
  const { supergraphSdl, errors } = composeServices(
    SUBGRAPHS.map(({ name, sdl }) => ({
      name,
      url: `${others[name] ?? origin}/${name}`,
      typeDefs: parse(sdl),
    })),
  );
  if (supergraphSdl === undefined)
    throw new Error(`Cannot compose the benchmark's graph: ${errors?.join('; ')}`);
  return supergraphSdl;
}
