import { withDeadline } from '../call-deadline.js';
import type { CallBounds, Capabilities, ReadRequest, SourceAdapter } from '../source-adapter.js';
import { SourceRejected } from '../source-error.js';
import { checkRequest } from './calls/check-request.js';
import { explainCalls } from './calls/explain-calls.js';
import { narrowingOf } from './calls/narrow-latest.js';
import { planCalls } from './calls/plan-calls.js';
import { collectRows } from './rows/collect-rows.js';
import { describeRows } from './rows/describe-rows.js';
import { watchKeys } from './rows/key-watch.js';
import { firstPage } from './rows/read-pages.js';
import { createRowPicker } from './rows/row-picker.js';
import type { WebBinding } from './web-binding.js';
import type { WebAnswer, WebParameters, WebProtocol } from './web-protocol.js';

export type { WebBinding };

/** Endpoints and operations are asked by a few parameters at most: rows are picked here, neither sorted nor counted. */
export const WEB_CAPABILITIES: Capabilities = {
  filters: false,
  orders: false,
  keyset: false,
  tallies: false,
  cancels: true,
  exchanges: true,
};

/**
 * The port over one endpoint or operation, whose object bears the name of its interface: plan the calls, read their
 * pages, pick the rows. Every cell is text or null; a column that a row does not have is null, unless it belongs to
 * the key: then the answer is SourceMalformed.
 *
 * @param protocol sends and decodes. Its maker closes it: `close` of the adapter does nothing.
 */
export function createWebAdapter(protocol: WebProtocol, binding: WebBinding): SourceAdapter {
  const { definition, columns, key, interface: name } = binding;
  let keyNotice: string | null = null;
  const canSend = (text: string) => !/\p{Surrogate}/u.test(text) && (protocol.canSend?.(text) ?? true);
  const plan = ({ from, where }: ReadRequest) => planCalls(definition, narrowingOf(from, where), canSend);

  /** One exchange, with a deadline of its own that begins when the guard lets it through. */
  const exchange = (parameters: WebParameters, bounds: CallBounds): Promise<WebAnswer> => {
    const send = () =>
      withDeadline(bounds, `read ${name}`, (deadline) => protocol.send(parameters, deadline, bounds.purpose));
    return bounds.guard === undefined ? send() : bounds.guard(send);
  };

  /** Nobody's matter: whether the source answers is the county's own question. */
  const look = async ({ purpose: _, ...bounds }: CallBounds): Promise<WebAnswer> =>
    exchange(firstPage(lookParameters(binding), definition.paging), bounds);

  return {
    kind: protocol.kind,
    capabilities: WEB_CAPABILITIES,
    describe: async (object, bounds) => {
      requireName(object, name);
      return describeRows(name, await look(bounds));
    },
    read: async (request, bounds) => {
      requireName(request.from.name, name);
      checkRequest(request, columns);
      const picker = createRowPicker(request, columns, bounds.maxBytes);
      const keys = watchKeys(request, columns, key);
      const calls = plan(request);
      await collectRows(calls, picker, {
        binding,
        keys,
        exchange: (parameters) => exchange(parameters, bounds),
        ...(bounds.maxRows !== undefined && { maxRows: bounds.maxRows }),
      });
      // Only what reads the whole list tells how its keys are.
      if (calls.every(({ asked }) => asked.size === 0)) keyNotice = keys.notice();
      return picker.rows();
    },
    stats: () => (keyNotice === null ? {} : { notice: keyNotice }),
    tally: async () => {
      throw new SourceRejected(`Cannot tally ${name}: the source must count by itself, but cannot`);
    },
    probe: async (bounds) => {
      await look(bounds);
    },
    explain: (request) => explainCalls(protocol, definition.paging, request, () => plan(request)),
    close: () => Promise.resolve(),
  };
}

function requireName(object: string, name: string): void {
  if (object === name) return;
  throw new SourceRejected(
    `Cannot read ${JSON.stringify(object)}: the adapter is bound to ${name}, and to nothing else`,
  );
}

/** Parameters that get some answer of the object, with rows or without. */
function lookParameters({ definition, interface: name }: WebBinding): WebParameters {
  const { fixed, needs, probe } = definition;
  if (needs.length === 0) return fixed;
  if (needs.some((param) => probe.has(param))) return new Map([...fixed, ...probe]);
  throw new SourceRejected(
    `Cannot look at ${name}: the mapping must give a value to probe one of ${needs.join(', ')} with, but gives none`,
  );
}
