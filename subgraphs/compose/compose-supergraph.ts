import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import { type DocumentNode, type GraphQLError, parse, printSchema } from 'graphql';
import type { Problem } from '../../runtime/yaml/problem.js';
import { readDepartment } from '../engine/department.js';
import { mappingJsonSchema } from '../engine/mapping/json-schema.js';
import { listSubgraphs, type RoverSubgraph } from './rover-config.js';
import { sdlProblem } from './sdl-problems.js';
import { type PlacedSdl, placedSdl } from './subgraph-sdl.js';

/** Generated files by path relative to the project: what `npm run compose` writes and CI compares. */
type GeneratedFiles = ReadonlyMap<string, string>;

export type Composition =
  | { readonly kind: 'composed'; readonly files: GeneratedFiles; readonly supergraphSdl: string }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

interface Service extends RoverSubgraph {
  readonly sdl: PlacedSdl;
  readonly typeDefs: DocumentNode;
}

/** Composes what `rover.yaml` names, offline, from the sources under `subgraphs/`. */
export function composeSupergraph(root: string): Composition {
  const { subgraphs, problems: listed } = listSubgraphs(root);
  if (listed.length > 0) return { kind: 'refused', problems: listed };
  const unreadable = subgraphs.flatMap(({ name }) => readDepartment(root, name).sdlProblems);
  if (unreadable.length > 0) return { kind: 'refused', problems: unreadable };
  const services = subgraphs.map((subgraph): Service => {
    const sdl = placedSdl(root, subgraph.name);
    return { ...subgraph, sdl, typeDefs: parse(sdl.text) };
  });
  const result = composeServices(
    services.map(({ name, routingUrl, typeDefs }) => ({ name, url: routingUrl, typeDefs })),
  );
  if (result.errors !== undefined) {
    return { kind: 'refused', problems: result.errors.map((error) => compositionProblem(error, services)) };
  }
  const { supergraphSdl } = result;
  const files = new Map(services.map(({ schemaFile, sdl }) => [join(schemaFile), sdl.text]));
  files.set(join('schema', 'supergraph.graphql'), `${supergraphSdl}\n`);
  files.set(join('schema', 'api.graphql'), `${printApi(supergraphSdl)}\n`);
  files.set(join('schema', 'interface.v1.json'), mappingJsonSchema());
  return { kind: 'composed', files, supergraphSdl };
}

/** An error of one subgraph stands in its file; what several disagree about, in `rover.yaml`. */
function compositionProblem(error: GraphQLError, services: readonly Service[]): Problem {
  const [, name = ''] = /^\[([\w-]+)\] /.exec(error.message) ?? [];
  const own = services.find((service) => service.name === name);
  if (own !== undefined) return { ...sdlProblem(error, own.sdl), rule: 'composition' };
  const node = error.nodes?.find(({ loc }) => loc !== undefined);
  const from = services.find(
    ({ typeDefs }) => node?.loc !== undefined && typeDefs.loc?.source === node.loc.source,
  );
  const place = from?.sdl.placeOf(node?.loc?.startToken.line ?? 1, node?.loc?.startToken.column ?? 1);
  return {
    rule: 'composition',
    severity: 'error',
    place: place ?? { file: 'rover.yaml', line: 1, column: 1 },
    zh: '超图无法合成。',
    en: `Cannot compose the supergraph: ${error.message}`,
  };
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
