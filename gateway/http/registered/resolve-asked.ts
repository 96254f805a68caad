import { GraphQLError } from 'graphql';
import { quoteBriefly } from '../../../runtime/brief-text.js';
import { publicError, refusal } from '../../../runtime/errors.js';
import type { Admitted } from '../../access/doorkeeper.js';
import type { Identity } from '../../access/identity/identity.js';
import type { RegisteredOperations } from './registered-operations.js';

type Fields = Readonly<Record<string, unknown>>;

/** Whether an application's key is bound to registered operations. */
export function isBound(identity: Identity | null): boolean {
  return identity?.operations === 'registered';
}

/** Whether a caller may ask what he writes himself. */
function mayCompose({ identity, rules }: Admitted): boolean {
  return !isBound(identity) && rules.may('query');
}

/**
 * A request's body with the text of the operation that it names: `{"id": "q24-heat-map", "variables": {…}}`. Any other body stays as
 * it is.
 *
 * @returns why it is refused.
 */
export function resolveAsked(body: unknown, operations: RegisteredOperations, admitted: Admitted): unknown {
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  if (!isObject || !Object.hasOwn(body, 'id')) {
    if (!mayCompose(admitted)) return boundError();
    return isObject ? (operations.persisted?.resolve(body as Fields) ?? body) : body;
  }
  const { id, ...rest } = body as Fields;
  if ('query' in rest) {
    return refusal('BAD_REQUEST', 'id 与 query 只能有一个。The body must have id or query, but has both.');
  }
  const found = typeof id === 'string' ? operations.find(id) : null;
  return found === null ? unknownOperation(id) : { ...rest, query: found.query };
}

/** @param id as it was sent. */
export function unknownOperation(id: unknown): GraphQLError {
  const given = quoteBriefly(typeof id === 'string' ? id : String(JSON.stringify(id)));
  return refusal('OPERATION_UNKNOWN', `所给名称或散列为 ${given}。The id is ${given}.`);
}

function boundError(): GraphQLError {
  const detail =
    '此角色或应用密钥只能使用已登记的查询。This role or key may ask for registered operations alone.';
  return publicError('FORBIDDEN', detail);
}

export function isRefused(asked: unknown): asked is GraphQLError {
  return asked instanceof GraphQLError;
}
