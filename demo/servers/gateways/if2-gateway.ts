import { IF2_ACCESS_KEY, IF2_SECRET_KEY } from '../demo-credentials.js';
import { type DemoServer, startDemoServer } from '../demo-server.js';
import {
  jsonAnswer,
  type LegacyAnswer,
  type LegacyProtocol,
  type LegacyRequest,
} from '../legacy-protocol.js';
import { signIf2 } from './if2-signature.js';

const SKEW_MS = 90_000;

/** A system behind the gateway: its own answers, which the gateway passes on as they are. */
export interface If2Upstream {
  /** Parameters of the query by name. */
  answer(parameters: ReadonlyMap<string, string>): LegacyAnswer;
  readonly failure: LegacyAnswer;
  close(): void;
}

interface If2Options {
  /** Upstreams by path, all under `/restapi/prod/<route>/`. The first one's failure is that of the gateway. */
  readonly routes: ReadonlyMap<string, If2Upstream>;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/**
 * 浙江省一体化智能化公共数据平台, second generation (domain §1.1 IF-2): HMAC in the headers, 90 s of tolerance, four
 * refusals, and no wrapping of what stands behind it.
 */
export function startIf2Gateway({ routes, now }: If2Options): Promise<DemoServer> {
  return startDemoServer(new If2Gateway(routes), now);
}

const refused = (message: string): LegacyAnswer => jsonAnswer({ message }, 401);

class If2Gateway implements LegacyProtocol {
  readonly failure: LegacyAnswer;
  readonly #routes: ReadonlyMap<string, If2Upstream>;

  constructor(routes: ReadonlyMap<string, If2Upstream>) {
    const [first] = routes.values();
    this.#routes = routes;
    this.failure = first?.failure ?? jsonAnswer({ message: 'Service unavailable' });
  }

  close(): void {
    for (const upstream of this.#routes.values()) upstream.close();
  }

  answer(request: LegacyRequest): LegacyAnswer {
    const { path, query } = request;
    if (!path.startsWith('/restapi/prod/')) return jsonAnswer({ error_msg: '404 Route Not Found' }, 404);
    const refusal = refusalOf(request);
    if (refusal !== null) return refused(refusal);
    const upstream = this.#routes.get(path);
    if (upstream === undefined) return refused('The route_id is forbidden.');
    const parameters = new Map<string, string>();
    for (const [name, value] of new URLSearchParams(query)) {
      if (!parameters.has(name)) parameters.set(name, value);
    }
    return upstream.answer(parameters);
  }
}

/** The key first, then the clock, then the signature, as the gateway's plug-in goes about it. */
function refusalOf({ method, path, query, headers, now, refusesCredentials }: LegacyRequest): string | null {
  const accessKey = String(headers['x-bg-hmac-access-key'] ?? '');
  if (accessKey !== IF2_ACCESS_KEY || refusesCredentials) return 'Invalid access key';
  const date = String(headers['x-bg-date-time'] ?? '');
  const at = RFC_1123.test(date) ? Date.parse(date) : Number.NaN;
  if (!(Math.abs(at - now) <= SKEW_MS)) return 'Clock skew exceeded';
  const expected = signIf2(IF2_SECRET_KEY, { method, path, query, accessKey, date });
  const algorithm = headers['x-bg-hmac-algorithm'];
  if (algorithm !== 'hmac-sha256' || headers['x-bg-hmac-signature'] !== expected) return 'Invalid signature';
  return null;
}

const RFC_1123 = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
