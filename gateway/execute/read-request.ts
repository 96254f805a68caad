import { type GraphQLError, OperationTypeNode } from 'graphql';
import { publicError } from '../../runtime/errors.js';
import type { CoercedVariables, DescribedOperation } from './described-operation.js';

/** A request's variables, coerced; or why nothing is asked of any subgraph. */
type ReadRequest =
  | { readonly kind: 'ready'; readonly variables: CoercedVariables }
  | { readonly kind: 'refused'; readonly errors: readonly GraphQLError[] };

/** Refuses subscriptions, and variables that do not fit. @param variables as the caller sent them. */
export function readRequest(
  { operation, coerce }: DescribedOperation,
  variables: Readonly<Record<string, unknown>>,
): ReadRequest {
  if (operation.operation === OperationTypeNode.SUBSCRIPTION) {
    const refusal = publicError('BAD_USER_INPUT', '不支持订阅操作。Subscriptions are not served.');
    return { kind: 'refused', errors: [refusal] };
  }
  const coerced = coerce(variables);
  return isErrors(coerced) ? { kind: 'refused', errors: coerced } : { kind: 'ready', variables: coerced };
}

function isErrors(coerced: CoercedVariables | readonly GraphQLError[]): coerced is readonly GraphQLError[] {
  return Array.isArray(coerced);
}
