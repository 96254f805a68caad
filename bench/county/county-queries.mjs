import { readFileSync } from 'node:fs';
import { Kind, parse, print, visit } from 'graphql';

/** The ten of examples/queries/ that took the most time a request over the county, four at a time, busiest first. */
const BUSIEST = [
  'q01-everything-known',
  'q09-gone-but-licensed',
  'q04-case-by-number',
  'q07-homestays-without-permit',
  'q06-joint-check-candidates',
  'q15-repeat-visits',
  'recent-inspections',
  'q10-penalised-by-many',
  'q21-fines-by-quarter',
  'q13-unpublished-decisions',
];

/**
 * Fields whose values differ from answer to answer or from process to process: how long a source took, a cursor with its
 * own nonce, when a process last read a source's watermark.
 */
const VOLATILE = new Set(['tookMs', 'endCursor', 'asOf']);

/** @typedef {{readonly name: string, readonly body: string}} CountyQuery */

/** @returns {readonly CountyQuery[]} the requests, without what is volatile */
export function readCountyQueries() {
  return BUSIEST.map((name) => {
    const text = readFileSync(new URL(`../../examples/queries/${name}.graphql`, import.meta.url), 'utf8');
    const stable = visit(parse(text), {
      [Kind.FIELD]: (field) => (VOLATILE.has(field.name.value) ? null : undefined),
    });
    return { name, body: JSON.stringify({ query: print(stable) }) };
  });
}
