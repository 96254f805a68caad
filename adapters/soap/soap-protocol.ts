import { SourceError, SourceRejected, SourceTimeout } from '../source-error.js';
import type { Origin } from '../web/exchange.js';
import type { WebBinding } from '../web/web-adapter.js';
import type { WebParameters, WebProtocol } from '../web/web-protocol.js';
import { decodeSoapAnswer } from './answer/decode-soap-answer.js';
import { hideSecret } from './hide-secret.js';
import type { Credentials } from './request/credentials.js';
import { compileEnvelope } from './request/envelope.js';
import type { SoapCharset } from './soap-config.js';
import type { SoapDefinition } from './soap-definition.js';
import { CHARSET_NAMES, encodeXml } from './xml/encode-xml.js';
import { NO_XML_CHARACTER } from './xml/xml-characters.js';

interface SoapConnection extends Credentials {
  readonly origin: Origin;
  readonly charset: SoapCharset;
  readonly answerCharset: SoapCharset | undefined;
}

/**
 * One operation of a SOAP service.
 *
 * @throws {SourceRejected} when the templates of the definition cannot be used.
 */
export function createSoapProtocol(
  connection: SoapConnection,
  { definition, interface: name, columns }: WebBinding<SoapDefinition>,
): WebProtocol {
  const { origin, charset, answerCharset, password = '' } = connection;
  const { path } = definition;
  const action = `read ${name}`;
  const headers = headersOf(definition, charset, action);
  const envelope = compileEnvelope(definition, charset, connection, action);
  const shape = { definition, columns, charset, answerCharset, action };

  return {
    kind: 'soap',
    canSend: (value) => !NO_XML_CHARACTER.test(value),
    send: async (parameters, deadline) => {
      const body = encodeXml(envelope.fill(parameters, connection), charset);
      try {
        const answer = await origin.exchange({ method: 'POST', path, headers, body }, deadline);
        const decoded = decodeSoapAnswer(answer, shape);
        if (deadline.remainingMs() > 0) return decoded;
      } catch (error) {
        throw error instanceof SourceError ? hideSecret(error, password) : error;
      }
      // Parsing holds the process, so that the deadline's own timer could not fire.
      throw new SourceTimeout(`Cannot ${action}: no complete answer within ${deadline.timeoutMs} ms`);
    },
    explain: (parameters: WebParameters): string => {
      const lines = [...headers].map(([key, value]) => `${key}: ${value}`);
      const shown = envelope.fill(parameters, { ...connection, password: '***' });
      return [`POST ${origin.basePath}${path}`, ...lines, '', shown].join('\n');
    },
  };
}

function headersOf(
  { version, action: soapAction }: SoapDefinition,
  charset: SoapCharset,
  action: string,
): ReadonlyMap<string, string> {
  if (!/^[\x21\x23-\x5b\x5d-\x7e]*$/.test(soapAction)) {
    throw new SourceRejected(
      `Cannot ${action}: the SOAP action must be a URI, but is ${JSON.stringify(soapAction)}`,
    );
  }
  const name = CHARSET_NAMES[charset];
  if (version === '1.1') {
    return new Map([
      ['content-type', `text/xml; charset=${name}`],
      ['soapaction', `"${soapAction}"`],
      ['accept', 'text/xml'],
    ]);
  }
  const parameter = soapAction === '' ? '' : `; action="${soapAction}"`;
  return new Map([
    ['content-type', `application/soap+xml; charset=${name}${parameter}`],
    ['accept', 'application/soap+xml'],
  ]);
}
