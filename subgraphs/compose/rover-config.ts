import { readFileSync } from 'node:fs';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';

const grammar = z.strictObject({
  federation_version: z.string(),
  subgraphs: z.record(
    z.string().regex(/^[a-z][a-z0-9-]*$/),
    z.strictObject({ routing_url: z.url(), schema: z.strictObject({ file: z.string() }) }),
  ),
});

interface RoverSubgraph {
  readonly name: string;
  readonly routingUrl: string;
  /** Relative to the configuration. */
  readonly schemaFile: string;
}

/**
 * The subgraphs that `rover.yaml` names, in its order.
 *
 * @throws {Error} that says where the file is not as `rover supergraph compose` expects it
 */
export function readRoverConfig(file: string): readonly RoverSubgraph[] {
  const decoded = grammar.safeParse(parseYaml(readFileSync(file, 'utf8')));
  if (!decoded.success) {
    const [issue] = decoded.error.issues;
    throw new Error(
      `Cannot use ${file}: ${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'invalid'}`,
    );
  }
  return Object.entries(decoded.data.subgraphs).map(([name, { routing_url, schema }]) => ({
    name,
    routingUrl: routing_url,
    schemaFile: schema.file,
  }));
}
