import type { HttpDefinition, SoapDefinition, SourceBinding } from '../source-object.js';

/** A binding to an endpoint or an operation. */
export interface WebBinding extends SourceBinding {
  readonly definition: HttpDefinition | SoapDefinition;
}
