import type { GraphQLDataSource } from '@apollo/gateway';
import type { GraphQLFormattedError } from 'graphql';
import { type CallContext, onCallOver, remainingMs } from '../../../runtime/call/call-context.js';
import type { SubgraphPort, SubgraphRequest, SubgraphResult } from '../../../subgraphs/port/subgraph-port.js';
import type { GatewayObserver } from '../../observe/gateway-observer.js';
import { type AnsweredInterface, decodeCoverage } from '../answer-coverage.js';
import { callOutcome } from '../call-outcome.js';
import { variablesFor } from '../exact-port.js';
import { BoundedCall } from '../run/bounded-call.js';

/** A subgraph as `@apollo/gateway` asks for it. @param ports looked at with the first request. */
export function dataSourceOf(
  name: string,
  ports: ReadonlyMap<string, SubgraphPort>,
  observer: Pick<GatewayObserver, 'subgraphCall'>,
): GraphQLDataSource {
  return {
    process: async ({ request: { query = '', variables = {}, operationName }, context }) => {
      const port = ports.get(name);
      if (port === undefined) throw new Error(`no subgraph ${name}`);
      const asked = {
        query,
        variables: variablesFor(port, variables),
        ...(operationName !== undefined && { operationName }),
      };
      const started = performance.now();
      const result = await callPort(port, asked, context as CallContext);
      const { data = null, errors } = result;
      noteSaid(context as CallContext, result);
      const outcome = callOutcome(result, errors?.[0]);
      observer.subgraphCall({ subgraph: name, outcome, tookMs: performance.now() - started });
      // A GraphQLError is a formatted one whose members may be undefined.
      return { data, ...(errors !== undefined && { errors: errors as readonly GraphQLFormattedError[] }) };
    },
  };
}

/** What subgraphs said of the answers to one request: `@apollo/gateway` passes on data and errors alone. */
const said = new WeakMap<CallContext, AnsweredInterface[]>();

function noteSaid(context: CallContext, { extensions }: SubgraphResult): void {
  if (extensions?.coverage === undefined) return;
  const known = said.get(context) ?? [];
  said.set(context, known);
  known.push(...decodeCoverage(extensions.coverage));
}

export function takeSaid(context: CallContext): readonly AnsweredInterface[] {
  const taken = said.get(context) ?? [];
  said.delete(context);
  return taken;
}

/** Settles before the request's deadline, whatever the subgraph does. */
function callPort(
  port: SubgraphPort,
  request: SubgraphRequest,
  context: CallContext,
): Promise<SubgraphResult> {
  return new Promise((resolve) => {
    let stopListening = (): void => undefined;
    const leftMs = remainingMs(context);
    const call = new BoundedCall(context, leftMs, (result) => {
      stopListening();
      resolve(result);
    });
    stopListening = onCallOver(context, () => call.leave());
    if (leftMs > 0 && !context.signal.aborted) call.start(port, request);
  });
}
