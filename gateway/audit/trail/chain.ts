import type { AuditHash } from '../audit-hash.js';
import type { CheckpointSigner } from '../checkpoint-keys.js';
import { encodeLine, type LineKind, signedText } from './trail-line.js';

/** Where a trail stands: what its next line goes on from. */
export interface ChainEnd {
  /** Number of the last line. */
  readonly seq: number;
  /** Its hash. */
  readonly hash: string;
}

/** Makes one line after the other. Whoever could not write them goes on from an earlier end. */
export class Chain {
  #end: ChainEnd;
  readonly #hash: AuditHash;
  readonly #signer: CheckpointSigner;

  constructor(end: ChainEnd, hash: AuditHash, signer: CheckpointSigner) {
    this.#end = end;
    this.#hash = hash;
    this.#signer = signer;
  }

  get end(): ChainEnd {
    return this.#end;
  }

  /** @param at as `auditTime` writes it. @returns the line that signs all lines before it. */
  checkpoint(at: string): string {
    const signature = this.#signer.sign(signedText(this.#end.seq + 1, this.#end.hash, at));
    return this.line('checkpoint', JSON.stringify({ at, key: this.#signer.keyId, signature }));
  }

  /** @returns the line, with its line break. */
  line(kind: LineKind, json: string): string {
    const seq = this.#end.seq + 1;
    const { text, hash } = encodeLine({ seq, kind, json }, this.#end.hash, this.#hash);
    this.#end = { seq, hash };
    return text;
  }
}
