import { decodeUtf8 } from '../../runtime/json/decode-utf8.js';

/** `data` of an answer as JSON text in bytes. They may be a part of what a subgraph sent: nobody changes them. */
export class AnswerBytes {
  readonly bytes: Buffer;
  /** The body that says this and nothing else, where one came so; null: it has to be written. */
  readonly body: Buffer | null;

  constructor(bytes: Buffer, body: Buffer | null = null) {
    this.bytes = bytes;
    this.body = body;
  }

  toString(): string {
    return decodeUtf8(this.bytes);
  }
}
