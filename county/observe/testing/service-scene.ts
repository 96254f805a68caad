import { openRestConnection } from '../../../adapters/rest/open-rest.js';
import type { SourceAdapter } from '../../../adapters/source-adapter.js';
import { sendJson, startTestServer } from '../../../adapters/web/testing/test-server.js';

export const SERVICE_MAPPING = `interface: city.event
title: 事件
owner: { department: city }
feeds: Inspection
source: { connection: city, http: { path: /rows, rows: list } }
key: [id]
subject: [{ scheme: uscc, column: uscc }]
fields:
  department: { value: MARKET }
  date: { column: day, type: Date, format: yyyyMMdd, sorts: asText }
limits: { retries: 0, breaker: false }
probe: { every: 1ms }
`;

/** A department's service behind a gateway of the second generation, on a clock of its own. */
export interface RestService {
  readonly adapter: SourceAdapter;
  /** Changed by tests. */
  readonly behaviour: { status: number; offsetMs: number; delayMs: number };
  /** Requests that it answered. */
  readonly answered: () => number;
  close(): Promise<void>;
}

export async function startRestService(): Promise<RestService> {
  const behaviour = { status: 200, offsetMs: 0, delayMs: 0 };
  let answered = 0;
  const list = Array.from({ length: 20 }, (_, index) => ({
    id: `E${index}`,
    uscc: '91330922MA28K00156',
    day: '20260629',
  }));
  const server = await startTestServer((_, response) => {
    const { status, offsetMs, delayMs } = behaviour;
    setTimeout(() => {
      answered += 1;
      response.setHeader('date', new Date(Date.now() + offsetMs).toUTCString());
      sendJson(response, JSON.stringify(status === 200 ? { list } : { message: 'no' }), status);
    }, delayMs);
  });
  const adapter = openRestConnection({
    dialect: 'if2',
    url: server.url,
    accessKey: 'AK-DEMO',
    secretKey: 'SK-DEMO',
  });
  return {
    adapter,
    behaviour,
    answered: () => answered,
    close: async () => {
      await adapter.close();
      await server.close();
    },
  };
}
