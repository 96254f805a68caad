import type { AskedObject } from '../web/asked-object.js';

/** An endpoint, as the block `http` of a mapping defines it. */
export interface HttpDefinition extends AskedObject {
  readonly kind: 'http';
  readonly method: 'GET' | 'POST';
  /** Begins with `/`; `{param}` is replaced by a parameter, percent-encoded. */
  readonly path: string;
  /** Where parameters go. */
  readonly send: 'query' | 'form' | 'json';
}
