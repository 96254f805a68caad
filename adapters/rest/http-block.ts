import { z } from 'zod';
import { askedGrammar, readAsked, servicePath } from '../web/asked-block.js';
import type { HttpDefinition } from './http-definition.js';

/** The block `http` of a mapping; `http-definition.ts` explains its keys. */
export const httpGrammar = z.strictObject({
  method: z.enum(['GET', 'POST']).optional(),
  path: servicePath,
  send: z.enum(['query', 'form', 'json']).optional(),
  ...askedGrammar,
});

/** The endpoint as the grammar accepted it, defaults filled in. */
export function readEndpoint(block: z.infer<typeof httpGrammar>): HttpDefinition {
  const { method = 'GET', path, send } = block;
  return {
    kind: 'http',
    method,
    path,
    send: send ?? (method === 'GET' ? 'query' : 'form'),
    ...readAsked(block),
  };
}
