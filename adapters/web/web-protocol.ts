import type { Deadline } from '../call-deadline.js';

/** A row as an endpoint or operation sends it: everything is text, numbers by their value; an absent column is null. */
export type WebRow = ReadonlyMap<string, string | null>;

/** One answer, decoded. */
export interface WebAnswer {
  readonly rows: readonly WebRow[];
  /** How many rows there are in all by the source's own word; null when it does not say. */
  readonly total: number | null;
  /** What `Paging` of style `cursor` asks for next; null when nothing follows. */
  readonly next: string | null;
  /** Where the rows were found, when the definition does not say. */
  readonly rowsAt?: string;
}

/** Parameters of one request by name, paging and fixed ones included. */
export type WebParameters = ReadonlyMap<string, string>;

/** What the web adapters do differently for one object: send a request and understand its answer. */
export interface WebProtocol {
  /** As `SourceAdapter.kind`. */
  readonly kind: string;
  /**
   * One exchange.
   *
   * @param purpose as `CallBounds.purpose`.
   * @throws {SourceError} and nothing else.
   */
  send(parameters: WebParameters, deadline: Deadline, purpose?: string): Promise<WebAnswer>;
  /**
   * Whether a request can carry this text as a value. Answers are of the same format, so a text that cannot be sent
   * stands in no row. Absent: all but those with half a surrogate pair.
   */
  canSend?(value: string): boolean;
  /** What `send` would send, for people; shows no secret. */
  explain(parameters: WebParameters): string;
}
