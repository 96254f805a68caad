import { z } from 'zod';
import type { TraceSettings } from '../../gateway/observe/traces/trace-settings.js';
import type { Secret } from '../../runtime/config/secret.js';
import type { PlacedYaml } from '../../runtime/yaml/placed-yaml.js';
import type { Problem } from '../../runtime/yaml/problem.js';
import { passwordReference, readPasswordAt } from './resolve-key.js';

const USUAL_RATIO = 1;

/** `traces: { endpoint: http://127.0.0.1:4318/v1/traces, headers: { authorization: ${env:TRACES_TOKEN} }, ratio: 0.1 }`. */
export const tracesGrammar = z.strictObject({
  endpoint: z
    .string()
    .refine(isEndpoint, {
      error:
        'http:// 或 https:// 地址，不含用户名和密码 | an address with http:// or https://, without user or password',
    })
    .meta({
      description:
        'OpenTelemetry 收集器的 OTLP/HTTP 地址，以 /v1/traces 结尾。 Where a collector takes OTLP over HTTP; it ends with /v1/traces.',
    }),
  headers: z
    .record(z.string().regex(/^[A-Za-z0-9-]{1,64}$/), passwordReference)
    .optional()
    .meta({
      description: '收集器要求的请求头，值为引用。 Headers that it asks for, as references.',
    }),
  ratio: z.number().min(0).max(1).optional().meta({
    description:
      '记录的请求所占比例；调用方的 traceparent 已决定者从之。 Share of requests that are recorded where the caller’s traceparent decides nothing.',
    default: USUAL_RATIO,
  }),
});

interface TraceReading {
  readonly environment: NodeJS.ProcessEnv;
  /** Takes what cannot be used, with its place. */
  readonly problems: Problem[];
}

/** @returns where traces are sent; null: nothing says it, and nothing is. */
export function readTraces(
  said: z.infer<typeof tracesGrammar> | undefined,
  yaml: PlacedYaml,
  reading: TraceReading,
): TraceSettings | null {
  if (said === undefined) return null;
  const headers = new Map<string, Secret>();
  for (const [name, reference] of Object.entries(said.headers ?? {})) {
    const secret = readPasswordAt(['traces', 'headers', name], reference, { yaml, ...reading });
    if (secret !== null) headers.set(name, secret);
  }
  return Object.freeze({ endpoint: new URL(said.endpoint), headers, ratio: said.ratio ?? USUAL_RATIO });
}

function isEndpoint(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && `${username}${password}` === '';
}
