import { type GraphQLError, OperationTypeNode } from 'graphql';
import { publicError } from '../../runtime/errors.js';
import { lookThrough, MAX_VARIABLE_DEPTH } from './caller-variables.js';
import type { CoercedVariables, DescribedOperation } from './described-operation.js';

/** A request's variables; or why nothing is asked of any subgraph. */
type ReadRequest =
  | {
      readonly kind: 'ready';
      readonly variables: CoercedVariables;
      /** What may be sent to subgraphs: as the caller gave them, and those that the document's numbers became. */
      readonly sent: Readonly<Record<string, unknown>>;
      /** Whether there are numbers among them with more digits than JavaScript's have. */
      readonly hasExactNumbers: boolean;
    }
  | { readonly kind: 'refused'; readonly errors: readonly GraphQLError[] };

/** Refuses subscriptions, and variables that do not fit. @param variables as the caller sent them. */
export function readRequest(
  { operation, coerce, fitVariables, complete }: DescribedOperation,
  variables: Readonly<Record<string, unknown>>,
): ReadRequest {
  if (operation.operation === OperationTypeNode.SUBSCRIPTION) {
    const refusal = publicError('BAD_USER_INPUT', '不支持订阅操作。Subscriptions are not served.');
    return { kind: 'refused', errors: [refusal] };
  }
  const found = lookThrough(variables);
  if (found === 'too-deep') {
    const detail = `变量嵌套过深：最多 ${MAX_VARIABLE_DEPTH} 层。Variables must not be nested deeper than ${MAX_VARIABLE_DEPTH} levels.`;
    return { kind: 'refused', errors: [publicError('BAD_USER_INPUT', detail)] };
  }
  const given = found === 'exact-numbers' ? fitVariables(variables) : variables;
  const coerced = coerce(given);
  if (isErrors(coerced)) return { kind: 'refused', errors: coerced };
  return {
    kind: 'ready',
    variables: coerced,
    sent: complete?.(given) ?? given,
    hasExactNumbers: found === 'exact-numbers' || complete !== null,
  };
}

function isErrors(coerced: CoercedVariables | readonly GraphQLError[]): coerced is readonly GraphQLError[] {
  return Array.isArray(coerced);
}
