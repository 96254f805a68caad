import type { Carriage, ReadReply, ReplyBytes, WrittenAnswer } from './carriage.js';
import type { Program } from './compile-program.js';
import type { ReplyScanner } from './reply-scanner.js';

/** Carries an answer that is all in one reply: what is written is found while it is read, and nothing is kept in between. */
export function carryReply(scanner: ReplyScanner, program: Program): Carriage {
  return new SingleReply(scanner, program);
}

class SingleReply implements Carriage {
  readonly #scanner: ReplyScanner;
  readonly #program: Program;
  #answer: WrittenAnswer | null = null;
  doubt: Carriage['doubt'] = null;

  constructor(scanner: ReplyScanner, program: Program) {
    this.#scanner = scanner;
    this.#program = program;
  }

  ask(): never {
    throw new Error('a plan of one request asks for no entities');
  }

  read(_: number, { bytes }: ReplyBytes): ReadReply | null {
    try {
      const scanned = this.#scanner.scan(this.#program, bytes);
      if (typeof scanned !== 'string') {
        this.#answer = scanned;
        return { record: 0, extensions: scanned.extensions };
      }
      this.doubt = scanned;
    } catch {
      // A fault of the scanner's own must not cost an answer.
      this.doubt = 'failed';
    }
    return null;
  }

  take(): true {
    return true;
  }

  write(): WrittenAnswer | null {
    return this.#answer;
  }

  free(): void {}
}
