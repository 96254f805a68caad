import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { composeGraph } from '../../gateway/testing/open-graph.js';
import { findProjectRoot } from '../../runtime/project-root.js';
import { buildBenchmarkGraph } from './benchmark-graph.js';
import { partialFields } from './partial-fields.js';

const COUNTY = readFileSync(join(findProjectRoot(), 'schema', 'supergraph.graphql'), 'utf8');

/** What callers see is part of the supergraph; directives and join types do no harm here. */
const partialFieldsOf = (supergraphSdl: string): readonly string[] =>
  partialFields(buildSchema(supergraphSdl, { assumeValid: true }), supergraphSdl);

describe('partialFields()', () => {
  it('finds shared fields whose members differ between their subgraphs', () => {
    const shared = (union: string, own: string): string => `
      type Box @shareable { load: [Load!] whole: [Whole!] }
      union Load = ${union}
      union Whole = Crate
      type Crate @shareable { label: String }
      ${own}`;
    const supergraphSdl = composeGraph({
      a: { sdl: `type Query { box: Box own: Load } ${shared('Crate | Sand', 'type Sand { tonnes: Int }')}` },
      b: { sdl: shared('Crate | Oil', 'type Oil { barrels: Int }') },
    });
    expect(partialFieldsOf(supergraphSdl)).toEqual(['Box.load']);
  });

  it.each([
    ['the benchmark graph', () => buildBenchmarkGraph().supergraphSdl],
    ['the county', () => COUNTY],
  ])('finds none in %s, of which any fragment may be generated', (_, supergraphSdl) => {
    expect(partialFieldsOf(supergraphSdl())).toEqual([]);
  });
});
