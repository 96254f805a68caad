import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import { parse, printSchema } from 'graphql';
import { mappingJsonSchema } from '../engine/mapping/json-schema.js';
import { readRoverConfig } from './rover-config.js';
import { subgraphSdl } from './subgraph-sdl.js';

/** Generated files by path relative to the project: what `npm run compose` writes and CI compares. */
type GeneratedFiles = ReadonlyMap<string, string>;

export type Composition =
  | { readonly kind: 'composed'; readonly files: GeneratedFiles; readonly supergraphSdl: string }
  | { readonly kind: 'refused'; readonly errors: readonly string[] };

/** Composes what `rover.yaml` names, offline, from the sources under `subgraphs/`. */
export function composeSupergraph(root: string): Composition {
  const subgraphs = readRoverConfig(join(root, 'rover.yaml'));
  const files = new Map<string, string>();
  const services = subgraphs.map(({ name, routingUrl, schemaFile }) => {
    const sdl = subgraphSdl(root, name);
    files.set(join(schemaFile), sdl);
    return { name, url: routingUrl, typeDefs: parse(sdl) };
  });
  const result = composeServices(services);
  if (result.errors !== undefined) {
    return { kind: 'refused', errors: result.errors.map((error) => error.message) };
  }
  const { supergraphSdl } = result;
  files.set(join('schema', 'supergraph.graphql'), `${supergraphSdl}\n`);
  files.set(join('schema', 'api.graphql'), `${printApi(supergraphSdl)}\n`);
  files.set(join('schema', 'interface.v1.json'), mappingJsonSchema());
  return { kind: 'composed', files, supergraphSdl };
}

/** What a client sees: the supergraph without hidden parts. */
function printApi(supergraphSdl: string): string {
  return printSchema(Supergraph.build(supergraphSdl).apiSchema().toGraphQLJSSchema());
}

/** Generated files whose committed text is not what the sources give. */
export function staleFiles(root: string, files: GeneratedFiles): readonly string[] {
  return [...files].flatMap(([path, text]) => {
    try {
      return readFileSync(join(root, path), 'utf8') === text ? [] : [path];
    } catch {
      return [path];
    }
  });
}
