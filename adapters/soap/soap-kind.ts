import { defineAdapterKind } from '../adapter-kind.js';
import { ASKED_TO_DECIDE, WEB_MAX_BYTES } from '../web/asked-block.js';
import { lintOperation } from './lint-operation.js';
import { openSoapConnection } from './open-soap-connection.js';
import { readOperation, soapGrammar } from './soap-block.js';
import { readSoapConnection, soapConnectionGrammar } from './soap-connection.js';

/** Operations of a SOAP service. */
export const soapKind = defineAdapterKind({
  block: 'soap',
  grammar: soapGrammar,
  dialects: ['soap'],
  connection: soapConnectionGrammar,
  maxBytes: WEB_MAX_BYTES,
  toDecide: ASKED_TO_DECIDE,
  readObject: readOperation,
  nameOf: ({ operation }) => operation,
  lint: lintOperation,
  readConnection: readSoapConnection,
  open: ({ user, password, ...connection }) =>
    openSoapConnection({
      ...connection,
      ...(user !== null && { user }),
      ...(password !== null && { password: password.reveal() }),
    }),
  guessBlocks: () => ({
    kind: 'refused',
    reason:
      'an operation needs its template: write the soap block of a mapping (without rows) and give it by --source FILE',
  }),
});
