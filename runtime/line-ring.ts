const NEWLINE = 0x0a;
/** Of a character in UTF-8. */
const MOST_BYTES = 3;

/**
 * The last lines that were written, in a fixed number of bytes outside the heap: what is kept costs the garbage collector nothing,
 * and is looked for byte by byte when somebody asks.
 */
export class LineRing {
  readonly #bytes: Buffer;
  /** Where the next line begins; a line break is before it. */
  #next = 1;
  /** Nothing has been written from here on: the system gives no memory for it yet. */
  #end = 1;

  constructor(maxBytes: number) {
    this.#bytes = Buffer.alloc(maxBytes);
    this.#bytes[0] = NEWLINE;
  }

  /** @param line without a line break. One that is longer than a quarter of the ring is left out. */
  write(line: string): void {
    const most = line.length * MOST_BYTES + 1;
    if (most > this.#bytes.length / 4) return;
    if (this.#next + most > this.#bytes.length) {
      // What is left of older lines behind here is none of a whole line's bytes.
      this.#bytes.fill(NEWLINE, this.#next, this.#end);
      this.#next = 1;
    }
    this.#next += this.#bytes.write(line, this.#next, 'utf8');
    this.#bytes[this.#next] = NEWLINE;
    this.#next += 1;
    this.#end = Math.max(this.#end, this.#next);
  }

  /** Lines that begin with a text; one that was overwritten in part has lost its beginning. In no order. */
  linesWith(beginning: string): readonly string[] {
    const wanted = Buffer.from(`\n${beginning}`);
    const written = this.#bytes.subarray(0, this.#end);
    const found: string[] = [];
    for (let at = written.indexOf(wanted); at !== -1; at = written.indexOf(wanted, at + 1)) {
      found.push(written.toString('utf8', at + 1, written.indexOf(NEWLINE, at + 1)));
    }
    return found;
  }
}
