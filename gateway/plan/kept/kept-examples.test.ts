import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'graphql';
import { findProjectRoot } from '../../../runtime/project-root.js';
import { EVERYTHING_ALLOWED } from '../../access/authorise/access-rules.js';
import { createExecutor } from '../../execute/create-executor.js';
import { documentIdOf } from '../../execute/document-id.js';
import { createRecordingObserver } from '../../testing/recording-observer.js';

const root = findProjectRoot();
const examples = join(root, 'examples', 'queries');
const queries = readdirSync(examples)
  .filter((file) => file.endsWith('.graphql'))
  .map((file) => readFileSync(join(examples, file), 'utf8'));

describe('kept plans of the county', () => {
  it('are all taken for what they are', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'plans-'));
    const told: string[] = [];
    /** Compiles every example; nothing is asked of anybody. */
    const run = async () => {
      const observer = createRecordingObserver();
      const executor = await createExecutor({
        supergraphSdl: readFileSync(join(root, 'schema', 'supergraph.graphql'), 'utf8'),
        subgraph: ({ name }) => ({
          name,
          execute: () => Promise.reject(new Error('asked')),
          close: async () => undefined,
        }),
        observer,
        planFile: { path: join(folder, 'plans.ndjson'), tell: (fact) => told.push(fact) },
      });
      for (const query of queries) {
        const request = {
          document: parse(query),
          documentId: documentIdOf(query),
          operationName: undefined,
          variables: {},
        };
        expect(await executor.prepare(request, EVERYTHING_ALLOWED, 4)).toBe(true);
      }
      await executor.close();
      return observer.plans.filter(({ cached }) => !cached).length;
    };
    expect(await run()).toBeGreaterThanOrEqual(queries.length);
    expect([await run(), told]).toEqual([0, []]);
    rmSync(folder, { recursive: true });
  });
});
