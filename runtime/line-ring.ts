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

  constructor(maxBytes: number) {
    this.#bytes = Buffer.alloc(maxBytes, '\n');
  }

  /** @param line without a line break. One that is longer than a quarter of the ring is left out. */
  write(line: string): void {
    const most = line.length * MOST_BYTES + 1;
    if (most > this.#bytes.length / 4) return;
    if (this.#next + most > this.#bytes.length) {
      // What is left of older lines behind here is none of a whole line's bytes.
      this.#bytes.fill(NEWLINE, this.#next);
      this.#next = 1;
    }
    this.#next += this.#bytes.write(line, this.#next, 'utf8');
    this.#bytes[this.#next] = NEWLINE;
    this.#next += 1;
  }

  /** Lines that begin with a text; one that was overwritten in part has lost its beginning. In no order. */
  linesWith(beginning: string): readonly string[] {
    const wanted = Buffer.from(`\n${beginning}`);
    const found: string[] = [];
    for (let at = this.#bytes.indexOf(wanted); at !== -1; at = this.#bytes.indexOf(wanted, at + 1)) {
      const end = this.#bytes.indexOf(NEWLINE, at + 1);
      found.push(this.#bytes.toString('utf8', at + 1, end === -1 ? this.#bytes.length : end));
    }
    return found;
  }
}
