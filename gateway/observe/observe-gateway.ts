import { briefText } from '../../runtime/brief-text.js';
import { ERROR_CATALOGUE, isErrorCode } from '../../runtime/errors.js';
import type { GatewayObserver } from './gateway-observer.js';
import type { Logger } from './logger.js';
import type { RequestMetrics } from './request-metrics.js';

/** Characters of an operation's name that are logged. */
const MAX_NAME = 200;

/** Counts and logs what happens in the gateway. */
export function observeGateway(metrics: RequestMetrics, logger: Logger): GatewayObserver {
  return {
    request: (event) => {
      metrics.request(event);
      const { requestId, operationName, outcome, tookMs, errorCodes } = event;
      const named = operationName === null ? null : briefText(operationName, MAX_NAME);
      logger.info(
        { requestId, operationName: named, outcome, tookMs: Math.round(tookMs), errorCodes },
        'request',
      );
    },
    plan: metrics.plan,
    subgraphCall: metrics.subgraphCall,
    hiddenError: ({ requestId, subgraph, code, error }) => {
      const level = isErrorCode(code) ? ERROR_CATALOGUE[code].logLevel : 'error';
      logger[level]({ requestId, subgraph, code, err: error }, 'error');
    },
  };
}
