import { errorCodeOf } from '../runtime/error-code.js';
import { EXIT } from './exit-code.js';

/** Ends the process without a word when who reads its output has had enough: `enforcement-graph drops | head -1`. */
export function endOnClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error) => {
      if (errorCodeOf(error) === 'EPIPE') process.exit(EXIT.ok);
      throw error;
    });
  }
}
