import type { SourceAdapter } from '../source-adapter.js';
import { openOrigin } from '../web/exchange.js';
import { createWebConnection } from '../web/web-connection.js';
import { type SoapConnectionConfig, soapConnectionConfig } from './soap-config.js';
import type { SoapDefinition } from './soap-definition.js';
import { createSoapProtocol } from './soap-protocol.js';

/**
 * A connection to SOAP services. It has no objects by itself: `bind` gives the adapter of one operation. Nothing is
 * opened before the first call.
 *
 * @throws {ZodError} on a configuration that is none; afterwards only calls and `bind` fail.
 */
export function openSoapConnection(config: SoapConnectionConfig): SourceAdapter {
  const { url, charset, answerCharset, user, password } = soapConnectionConfig.parse(config);
  const origin = openOrigin(url);
  return createWebConnection<SoapDefinition>({
    kind: 'soap',
    origin,
    serves: 'soap',
    createProtocol: (binding) =>
      createSoapProtocol({ origin, charset, answerCharset, user, password }, binding),
  });
}
