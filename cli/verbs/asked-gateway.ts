import { InvalidArgumentError } from 'commander';
import { Secret } from '../../runtime/config/secret.js';
import { CommandFailure, EXIT } from '../exit-code.js';

/** A gateway that a verb asks, and who asks. */
export interface AskedGateway {
  /** Where it serves. */
  readonly url: URL;
  /** Null: it asks nobody who he is. */
  readonly token: Secret | null;
}

/** A token in the arguments would stand in the machine's list of processes. */
export const TOKEN_VARIABLE = 'GRAPH_TOKEN';

export const DEFAULT_URL = new URL('http://127.0.0.1:4000');

/** @throws {CommandFailure} when it holds what no token has, such as the remark behind one that `start` prints. */
export function tokenOf({ [TOKEN_VARIABLE]: token = '' }: NodeJS.ProcessEnv): Secret | null {
  if (/^[\x21-\x7e]*$/.test(token)) return token === '' ? null : new Secret(token);
  throw new CommandFailure(
    EXIT.usage,
    `${TOKEN_VARIABLE} 应为凭据，其中不能有空白或中文。Cannot ask: ${TOKEN_VARIABLE} must be a token, but holds blanks or characters that no token has.`,
  );
}

export function serviceUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && /^https?:$/.test(url.protocol)) return url;
  throw new InvalidArgumentError('It must be a URL such as http://127.0.0.1:4000.');
}
