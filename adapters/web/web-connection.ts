import { withDeadline } from '../call-deadline.js';
import type { SourceAdapter, SourceStats } from '../source-adapter.js';
import { SourceRejected } from '../source-error.js';
import type { SourceBinding } from '../source-object.js';
import type { AskedObject } from './asked-object.js';
import type { Origin } from './exchange.js';
import { createWebAdapter, WEB_CAPABILITIES } from './web-adapter.js';
import type { WebBinding } from './web-binding.js';
import type { WebProtocol } from './web-protocol.js';

/** What makes a connection to a web service one of its kind. */
interface WebService<Definition extends AskedObject> {
  /** As `SourceAdapter.kind`. */
  readonly kind: string;
  readonly origin: Origin;
  /** The kind of objects that it serves. */
  readonly serves: Definition['kind'];
  /** @throws {SourceRejected} when the object's definition cannot be used. */
  createProtocol(binding: WebBinding<Definition>): WebProtocol;
  readonly stats?: NonNullable<SourceAdapter['stats']>;
  /** Lets go of what is shared with other connections. */
  release?(): void;
}

/** A connection that reads nothing by itself; `bind` gives the adapter of each of its objects. */
export function createWebConnection<Definition extends AskedObject>(
  service: WebService<Definition>,
): SourceAdapter {
  const { kind, origin, serves } = service;
  const stats = (): SourceStats => {
    const certificateEndsAt = origin.certificateEndsAt();
    return { ...service.stats?.(), ...(certificateEndsAt !== null && { certificateEndsAt }) };
  };
  const refuse = async (): Promise<never> => {
    throw new SourceRejected(`Cannot read a ${kind} service: it must be bound to an object, but is not`);
  };
  return {
    kind,
    capabilities: WEB_CAPABILITIES,
    bind: (binding) => {
      if (!servesBinding(binding, serves)) {
        throw new SourceRejected(
          `Cannot bind ${binding.interface}: a ${kind} connection serves ${serves} objects, but this is ${binding.definition.kind}`,
        );
      }
      const adapter = createWebAdapter(service.createProtocol(binding), binding);
      return { ...adapter, stats: () => ({ ...stats(), ...adapter.stats?.() }) };
    },
    describe: refuse,
    read: refuse,
    tally: refuse,
    probe: (bounds) =>
      withDeadline(bounds, 'reach the source', async (deadline) => {
        // Any answer shows that the service is there.
        await origin.exchange({ method: 'GET', path: '/', headers: new Map() }, deadline);
      }),
    explain: ({ from }) => `-- ${from.name}`,
    stats,
    close: async () => {
      service.release?.();
      await origin.close();
    },
  };
}

function servesBinding<Definition extends AskedObject>(
  binding: SourceBinding,
  serves: Definition['kind'],
): binding is WebBinding<Definition> {
  return binding.definition.kind === serves;
}
