import { type Dispatcher, request } from 'undici';
import { errorCodeOf } from '../../runtime/error-code.js';
import { CommandFailure, EXIT } from '../exit-code.js';

type Waiting = Pick<Parameters<typeof request>[1] & object, 'signal' | 'headersTimeout' | 'bodyTimeout'>;

/**
 * Posts JSON to a running gateway.
 *
 * @param action what cannot be done when it does not answer, such as `export`.
 * @throws {CommandFailure} when it does not.
 */
export async function postToGateway(
  service: URL,
  asked: object,
  {
    headers,
    action,
    ...waiting
  }: Waiting & { readonly headers: Record<string, string>; readonly action: string },
): Promise<Dispatcher.ResponseData> {
  try {
    return await request(service, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(asked),
      ...waiting,
    });
  } catch (error) {
    throw unanswered(service, action, error);
  }
}

/** What a command says when a gateway is not there. */
export function unanswered({ origin }: URL, action: string, error: unknown): CommandFailure {
  const reason = errorCodeOf(error) || String(error);
  return new CommandFailure(
    EXIT.unreachable,
    `网关 ${origin} 不答复（${reason}），可用 --url 指定。Cannot ${action}: a gateway must serve at ${origin}, but does not answer (${reason}).`,
    { cause: error },
  );
}
