import type { GraphQLError } from 'graphql';
import { publicError } from '../../../runtime/errors.js';
import type { Denial } from './access-rules.js';
import type { AuthorisedOperation, DeniedSelection } from './authorise-operation.js';

const REASONS: { readonly [reason in Denial['reason']]: string } = {
  level: '其级别不对该角色开放。Its level is not open to the role.',
  purpose:
    '须以请求头 x-purpose 写明凭据所许可的事项代码。Name a legal matter that the token allows in the header x-purpose.',
  identity: '须先认证。Who asks must be known.',
  scopes: '凭据缺少所需的 scope。The token lacks a scope that it takes.',
  policies: '该角色不具备所需的策略。The role lacks a policy that it takes.',
  role: '没有这个角色。There is no such role.',
};

/** Why a selection is null. Beside the data: it is the same for every object of a list. */
export function denialError({ coordinate, reason, level, selection }: DeniedSelection): GraphQLError {
  return publicError('FORBIDDEN', `${selection}：${REASONS[reason]}`, {
    extensions: { coordinate, level, selection },
  });
}

/** Why an operation is not carried out at all; null: it is. @param variables coerced. */
export function refuseAccess(
  { deniesIntrospection, denyVariables }: AuthorisedOperation,
  variables: Readonly<Record<string, unknown>>,
): GraphQLError | null {
  if (deniesIntrospection) {
    return publicError('FORBIDDEN', '该角色不可查询数据模型。The role may not ask for the schema.');
  }
  const denied = denyVariables(variables);
  if (denied === null) return null;
  const { coordinate, level, reason } = denied;
  return publicError('FORBIDDEN', `${coordinate}：${REASONS[reason]}`, {
    extensions: { coordinate, level },
  });
}
