import type { ExitCode } from '../exit-code.js';
import type { VerbBodies } from './verb-bodies.js';
import type { VerbIo } from './verb-io.js';

/** What registering a verb needs. */
export interface VerbDeps {
  readonly bodies: VerbBodies;
  readonly io: VerbIo;
  /** Takes the exit code of the verb that ran. */
  finish(code: ExitCode): void;
}
