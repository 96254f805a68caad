import type { Townships } from '../../values/places/townships.js';
import type { Area } from './areas.js';
import type { RoutingFacts } from './routing-facts.js';

/** What routing needs of the county's own files. */
export interface RoutingReference {
  readonly townships: Townships;
  readonly facts: RoutingFacts;
  /** Empty where nobody drew any: points cannot be routed then. */
  readonly areas: readonly Area[];
}
