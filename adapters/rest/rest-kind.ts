import { type BlockGuess, defineAdapterKind } from '../adapter-kind.js';
import { ASKED_TO_DECIDE, WEB_MAX_BYTES } from '../web/asked-block.js';
import { lintAsked } from '../web/lint-asked.js';
import { httpGrammar, readEndpoint } from './http-block.js';
import type { HttpDefinition } from './http-definition.js';
import { openRestConnection } from './open-rest.js';
import type { RestConnectionConfig } from './rest-config.js';
import { type RestConnection, readRestConnection, restConnectionGrammar } from './rest-connection.js';

/** Endpoints of a REST service, and of the provincial gateway's two generations. */
export const restKind = defineAdapterKind({
  block: 'http',
  grammar: httpGrammar,
  dialects: ['rest', 'if1', 'if2'],
  connection: restConnectionGrammar,
  maxBytes: WEB_MAX_BYTES,
  toDecide: ASKED_TO_DECIDE,
  readObject: readEndpoint,
  nameOf: ({ path }: HttpDefinition) => path,
  lint: lintAsked,
  readConnection: readRestConnection,
  open: (connection) => openRestConnection(reveal(connection)),
  guessBlocks,
});

function reveal(connection: RestConnection): RestConnectionConfig {
  switch (connection.dialect) {
    case 'rest': {
      const headers = [...connection.headers].map(([name, value]) => [name, value.reveal()] as const);
      return { ...connection, headers: Object.fromEntries(headers) };
    }
    case 'if1':
      return { ...connection, appSecret: connection.appSecret.reveal() };
    case 'if2':
      return { ...connection, secretKey: connection.secretKey.reveal() };
  }
}

/** `/api/v1/tickets?pageNum=1`: the query becomes fixed parameters, of which a person makes the right ones. */
function guessBlocks(object: string): BlockGuess<{ path: string; fixed?: Record<string, string> }> {
  const [path = '', query = ''] = object.split('?', 2);
  if (!path.startsWith('/')) {
    const reason = `a path such as /api/v1/tickets must be given, but ${JSON.stringify(object)} is`;
    return { kind: 'refused', reason };
  }
  const fixed = Object.fromEntries(new URLSearchParams(query));
  return { kind: 'blocks', blocks: [{ path, ...(query !== '' && { fixed }) }] };
}
