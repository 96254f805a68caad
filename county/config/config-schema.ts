import { z } from 'zod';
import { ADAPTER_KINDS } from '../../adapters/kinds.js';
import { isCalendarDay } from '../../runtime/clock.js';
import { secretReference } from '../../runtime/config/secret-grammar.js';

const CONNECTIONS = ADAPTER_KINDS.flatMap((kind) => kind.connections);

/** Names of connections, as mappings write them. */
export const connectionName = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, 'must be lower-case letters, digits and dashes');

/** One connection, as its adapter kind reads it. */
export const connectionGrammar = makeConnectionGrammar();

/** The file as a whole; each connection is read by itself. */
export const configSchema = z.strictObject({
  connections: z.record(z.string(), z.unknown()),
  personKey: secretReference,
  cursorKey: secretReference,
  /** Only for a demo county: the day on which its data end. */
  clock: z
    .strictObject({ today: z.string().refine(isCalendarDay, 'must be a day of the calendar, yyyy-MM-dd') })
    .optional(),
});

/** Keys that may stand at a path of the file; empty where any may. */
export function knownKeysAt(path: readonly PropertyKey[]): readonly string[] {
  if (path.length === 0) return Object.keys(configSchema.shape);
  if (path[0] === 'clock') return ['today'];
  if (path[0] === 'connections' && path.length === 2) {
    return [...new Set(CONNECTIONS.flatMap(({ shape }) => Object.keys(shape)))];
  }
  return [];
}

function makeConnectionGrammar() {
  const [first, ...others] = CONNECTIONS;
  if (first === undefined) throw new TypeError('Cannot read connections: there must be a kind, but is none');
  return z.discriminatedUnion('dialect', [first, ...others]);
}
