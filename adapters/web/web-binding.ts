import type { SourceBinding } from '../source-object.js';
import type { AskedObject } from './asked-object.js';

/** A binding to an endpoint or an operation. */
export type WebBinding<Definition extends AskedObject = AskedObject> = SourceBinding<Definition>;
