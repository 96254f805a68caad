import type { SourceError } from '../source-error.js';

/** The process that reads dropped files, as one that serves its versions sees it. */
export interface DropsElsewhere {
  /** Resolves when every drop that is there has been judged: why nothing of the interface serves; null: something does. */
  settle(interfaceName: string): Promise<SourceError | null>;
}
