import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { SUBGRAPHS } from './subgraphs.mjs';

/** @param {string} origin of the server of all subgraphs. @returns {string} supergraph SDL */
export function composeSupergraph(origin) {
  const { supergraphSdl, errors } = composeServices(
    SUBGRAPHS.map(({ name, sdl }) => ({ name, url: `${origin}/${name}`, typeDefs: parse(sdl) })),
  );
  if (supergraphSdl === undefined)
    throw new Error(`Cannot compose the benchmark's graph: ${errors?.join('; ')}`);
  return supergraphSdl;
}
