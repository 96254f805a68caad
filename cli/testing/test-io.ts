import { AT_ONCE } from '../../gateway/http/listener/ending.js';
import type { VerbIo } from '../verbs/verb-io.js';

/** A verb's surroundings: nobody listens, and nothing asks it to end but that it may at once. */
export function testIo(given: Partial<VerbIo> = {}): VerbIo {
  return {
    environment: {},
    keeper: null,
    say: () => undefined,
    untilStopped: () => Promise.resolve(AT_ONCE),
    onReread: () => undefined,
    onRenew: () => undefined,
    ...given,
  };
}
