import { z } from 'zod';
import { askedGrammar, readAsked, servicePath } from '../web/asked-block.js';
import type { SoapDefinition } from './soap-definition.js';

/** The block `soap` of a mapping; `soap-definition.ts` explains its keys. */
export const soapGrammar = z.strictObject({
  path: servicePath,
  version: z.enum(['1.1', '1.2']).optional(),
  action: z.string().optional(),
  namespace: z.string().min(1),
  operation: z.string().regex(/^[A-Za-z_][\w.-]*$/, { error: 'the name of an element' }),
  body: z.string().min(1),
  request: z.string().min(1).optional(),
  ...askedGrammar,
});

/** The operation as the grammar accepted it, defaults filled in. */
export function readOperation(block: z.infer<typeof soapGrammar>): SoapDefinition {
  const { path, version = '1.1', action = '', namespace, operation, body, request } = block;
  return {
    kind: 'soap',
    path,
    version,
    action,
    namespace,
    operation,
    body,
    ...(request !== undefined && { request }),
    ...readAsked(block),
  };
}
