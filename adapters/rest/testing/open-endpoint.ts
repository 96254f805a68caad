import { ALWAYS, type Condition } from '../../condition.js';
import type { CallBounds, ReadRequest, SourceAdapter } from '../../source-adapter.js';
import type { SourceRow } from '../../source-value.js';
import { wideBounds } from '../../testing/contract-bounds.js';
import type { HttpDefinition } from '../http-definition.js';
import { openRestConnection } from '../open-rest.js';
import type { RestConnectionConfig } from '../rest-config.js';

export interface TestEndpoint {
  readonly connection: SourceAdapter;
  readonly adapter: SourceAdapter;
  /** Rows of the columns, under the condition. */
  read(
    where?: Condition,
    bounds?: Partial<CallBounds>,
    request?: Partial<ReadRequest>,
  ): Promise<readonly SourceRow[]>;
}

const PLAIN: HttpDefinition = {
  kind: 'http',
  method: 'GET',
  path: '/rows',
  send: 'query',
  fixed: new Map(),
  ask: [],
  needs: [],
  probe: new Map(),
  rows: ['list'],
};

/** One endpoint of a connection of its own; by default `GET /rows` with its rows in `list`, keyed by `id`. */
export function openEndpoint(
  config: RestConnectionConfig,
  definition: Partial<HttpDefinition> = {},
  columns: readonly string[] = ['id', 'name'],
): TestEndpoint {
  const connection = openRestConnection(config);
  const adapter = connection.bind?.({
    interface: 'test.rows',
    definition: { ...PLAIN, ...definition },
    columns,
    key: columns.slice(0, 1),
  });
  if (adapter === undefined) throw new Error('A REST connection binds objects');
  return {
    connection,
    adapter,
    read: (where = ALWAYS, bounds = {}, request = {}) =>
      adapter.read(
        { from: { name: 'test.rows' }, columns, where, orderBy: [], limit: 1000, ...request },
        { ...wideBounds(), ...bounds },
      ),
  };
}
