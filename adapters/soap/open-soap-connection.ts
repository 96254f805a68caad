import { withDeadline } from '../call-deadline.js';
import type { SourceAdapter } from '../source-adapter.js';
import { SourceRejected } from '../source-error.js';
import { openOrigin } from '../web/exchange.js';
import { createWebAdapter, WEB_CAPABILITIES } from '../web/web-adapter.js';
import { type SoapConnectionConfig, soapConnectionConfig } from './soap-config.js';
import { createSoapProtocol } from './soap-protocol.js';

/**
 * A connection to SOAP services. It has no objects by itself: `bind` gives the adapter of one operation. Nothing is
 * opened before the first call.
 *
 * @throws {ZodError} on a configuration that is none; afterwards only calls and `bind` fail.
 */
export function openSoapConnection(config: SoapConnectionConfig): SourceAdapter {
  const { url, charset, user, password } = soapConnectionConfig.parse(config);
  const origin = openOrigin(url);
  const refuse = async (): Promise<never> => {
    throw new SourceRejected('Cannot read a SOAP service: an operation must be bound first, but none is');
  };
  return {
    kind: 'soap',
    capabilities: WEB_CAPABILITIES,
    bind: ({ definition, ...binding }) => {
      if (definition.kind === 'soap') {
        const bound = { ...binding, definition };
        return createWebAdapter(createSoapProtocol({ origin, charset, user, password }, bound), bound);
      }
      throw new SourceRejected(
        `Cannot bind ${binding.interface}: a SOAP service has operations, but the mapping names a ${definition.kind}`,
      );
    },
    describe: refuse,
    read: refuse,
    tally: refuse,
    probe: (bounds) =>
      withDeadline(bounds, 'reach the source', async (deadline) => {
        // Whatever it says, it is there.
        await origin.exchange({ method: 'GET', path: '/', headers: new Map() }, deadline);
      }),
    explain: ({ from }) => `-- ${from.name}`,
    close: () => origin.close(),
  };
}
