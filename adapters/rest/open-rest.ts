import type { SourceAdapter } from '../source-adapter.js';
import { type Origin, openOrigin } from '../web/exchange.js';
import { createWebConnection } from '../web/web-connection.js';
import type { WebProtocol } from '../web/web-protocol.js';
import { canStandInPath } from './build-request.js';
import type { HttpDefinition } from './http-definition.js';
import { createIf1Dialect } from './if1/if1-dialect.js';
import { createIf2Dialect } from './if2/if2-dialect.js';
import { createPlainDialect } from './plain-dialect.js';
import { type RestConnectionConfig, restConnectionConfig } from './rest-config.js';
import type { Endpoint, RestDialect } from './rest-dialect.js';

/**
 * A connection to a REST service, a first-generation (`if1`) or second-generation (`if2`) provincial gateway. It reads
 * nothing by itself; `bind` gives the adapter of each endpoint. Nothing is sent before the first call.
 *
 * @throws {ZodError} on a configuration that is none; afterwards only calls fail.
 */
export function openRestConnection(config: RestConnectionConfig): SourceAdapter {
  const checked = restConnectionConfig.parse(config);
  const origin = openOrigin(checked.url);
  const dialect = createDialect(origin, checked);
  const { kind, stats, release } = dialect;
  return createWebConnection<HttpDefinition>({
    kind,
    origin,
    serves: 'http',
    createProtocol: ({ definition, columns, interface: name }) => {
      const shape = {
        definition,
        wanted: new Set(columns),
        action: `read ${name}`,
        ...(checked.answerCharset !== undefined && { charset: checked.answerCharset }),
      };
      return createProtocol(dialect, { definition, shape });
    },
    ...(stats !== undefined && { stats }),
    ...(release !== undefined && { release }),
  });
}

function createDialect(origin: Origin, config: RestConnectionConfig): RestDialect {
  switch (config.dialect) {
    case 'rest':
      return createPlainDialect(origin, lowerNames(config.headers ?? {}));
    case 'if1':
      return createIf1Dialect(origin, config);
    case 'if2':
      return createIf2Dialect(origin, config);
  }
}

/** `Accept` in a configuration stands in the place of our own `accept`. */
function lowerNames(headers: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function createProtocol(dialect: RestDialect, endpoint: Endpoint): WebProtocol {
  const { definition } = endpoint;
  return {
    kind: dialect.kind,
    send: (parameters, deadline, purpose) => dialect.call(endpoint, parameters, deadline, purpose),
    canSend: (value) => canStandInPath(definition, value),
    explain: (parameters) => dialect.explain(definition, parameters),
  };
}
