import { z } from 'zod';
import { mappingGrammar } from './mapping-grammar.js';

/** The text of `schema/interface.v1.json`: what editors check mapping files against. */
export function mappingJsonSchema(): string {
  const schema = z.toJSONSchema(mappingGrammar, { io: 'input', target: 'draft-7', reused: 'ref' });
  return `${JSON.stringify({ title: 'enforcement-graph interface mapping, version 1', ...schema }, null, 2)}\n`;
}
