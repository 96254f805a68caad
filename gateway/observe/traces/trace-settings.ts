import type { Secret } from '../../../runtime/config/secret.js';

/** Where traces of requests are sent. */
export interface TraceSettings {
  /** Of a collector's OTLP over HTTP, such as `http://127.0.0.1:4318/v1/traces`. */
  readonly endpoint: URL;
  /** That it asks for, by name. */
  readonly headers: ReadonlyMap<string, Secret>;
  /** Share of traces that are recorded where the caller decides nothing, from 0 to 1. */
  readonly ratio: number;
}
