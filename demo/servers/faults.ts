/** What goes wrong with a legacy system, from now on until it is told otherwise. Several at a time is one object. */
export interface Fault {
  /** Milliseconds before anything of the answer is sent. */
  readonly delayMs?: number;
  /** Answers with this HTTP status and an error page, and does nothing else. */
  readonly status?: number;
  readonly transport?: TransportFault;
  readonly content?: ContentFault;
  /** Of a huge answer or a gzip bomb, once decompressed. Default 1 GiB. */
  readonly bytes?: number;
  /** IF-1: the secrets given out so far end at once, new ones work. Others: credentials are refused while it lasts. */
  readonly expiredSecret?: boolean;
  /** Milliseconds by which the system's clock is wrong; its `Date` header says so too. */
  readonly clockOffsetMs?: number;
}

export type TransportFault =
  /** Nobody listens on the port. */
  | 'refused'
  /** The connection is accepted and nothing is ever answered. */
  | 'silent'
  /** Half of the answer, then nothing, and the connection stays. */
  | 'half-open'
  /** Half of the answer, then a reset. */
  | 'reset'
  /** One byte per second. */
  | 'drip';

type ContentFault =
  /** Begins as the true answer does and goes on and on. */
  | 'huge'
  /** The same, compressed to next to nothing. */
  | 'gzip-bomb'
  /** Bytes of another charset than the headers say. */
  | 'wrong-charset'
  /** Half of the text, though HTTP says that this is all. */
  | 'truncated'
  /** An error page in HTML under HTTP 200. */
  | 'html'
  /** The protocol's own failure under HTTP 200. */
  | 'failure'
  /** A document type with entities that grow, and one that points to a file. */
  | 'doctype';

export const BOMB_BYTES = 2 ** 30;

export const HTML_PAGE =
  '<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>系统维护</title></head><body><h1>系统维护中，请稍后再试</h1></body></html>\n';

/** Billion laughs, and an external entity. */
export const DOCTYPE = `<!DOCTYPE answer [
<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">
<!ENTITY file SYSTEM "file:///etc/hostname">
]>`;
