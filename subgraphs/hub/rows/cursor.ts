import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { publicError } from '../../../runtime/errors.js';
import { canonicalJson } from '../../../runtime/json/canonical-json.js';
import type { FeedPosition } from '../../feed/feed.js';
import type { SubjectPosition } from '../../feed/registry-port.js';
import { remember } from '../../values/remember.js';

/** Bytes kept of the HMAC-SHA-256: 128 bits. */
const MAC_BYTES = 16;
/** Bytes that stand for an interface in the set of a walk. */
const MARK_BYTES = 5;
const MIN_KEY_BYTES = 16;
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** Longer texts are refused before anything is computed. */
const MAX_CURSOR_LENGTH = 16_384;

/** A place in a walk over rows. Interfaces are named by their marks, see `markOf`. */
export interface RowCursor {
  /** Null: the beginning, where a page had no row and some interface gave nothing. */
  readonly position: FeedPosition | null;
  /** Interfaces that were asked when the walk began. */
  readonly walk: ReadonlySet<string>;
  /** Interfaces that are behind, each with the place up to which it has been read, see `WalkState`. */
  readonly behind: ReadonlyMap<string, FeedPosition | null>;
  /** The direction in which they are behind. */
  readonly backward: boolean;
}

/**
 * Writes and reads cursors: base64url of a truncated HMAC and the place. Those of subjects are encrypted,
 * because a person's name that is masked in the answer must not be readable in its cursor.
 *
 * The digest of the query (kind, filter, order) is part of what is signed, not of the text, so a cursor opens
 * for its own query only.
 */
export interface CursorCodec {
  sealRow(digest: string, cursor: RowCursor): string;
  /** @throws CURSOR_INVALID when forged, altered, or made for another query. */
  openRow(digest: string, text: string): RowCursor;
  /** @param position null: the beginning. */
  sealSubject(digest: string, position: SubjectPosition | null): string;
  /** @throws CURSOR_INVALID when forged, altered, or made for another query. */
  openSubject(digest: string, text: string): SubjectPosition | null;
}

/** @throws {RangeError} on a key shorter than 16 bytes. */
export function createCursorCodec(cursorKey: Uint8Array | string): CursorCodec {
  const key = Buffer.from(cursorKey);
  if (key.length < MIN_KEY_BYTES) {
    throw new RangeError(
      `Cannot sign cursors: the key must have at least ${MIN_KEY_BYTES} bytes, but has ${key.length}`,
    );
  }
  const macOf = (digest: string, body: Buffer): Buffer =>
    createHmac('sha256', key).update(digest).update('\0').update(body).digest().subarray(0, MAC_BYTES);
  const seal = (digest: string, body: Buffer): string =>
    Buffer.concat([macOf(digest, body), body]).toString('base64url');
  const open = (digest: string, text: string): Buffer => {
    const bytes = decodeText(text, MAC_BYTES);
    const body = bytes.subarray(MAC_BYTES);
    if (!timingSafeEqual(bytes.subarray(0, MAC_BYTES), macOf(digest, body)))
      throw publicError('CURSOR_INVALID');
    return body;
  };
  const secret = Buffer.from(hkdfSync('sha256', key, '', 'subject cursor', 32));
  return {
    sealRow: (digest, cursor) => seal(digest, writeRow(cursor)),
    openRow: (digest, text) => readRow(open(digest, text)),
    sealSubject: (digest, position) =>
      encrypt(secret, digest, JSON.stringify(position === null ? null : [position.value, position.id])),
    openSubject: (digest, text) => {
      const place = JSON.parse(decrypt(secret, digest, text)) as [string | null, string] | null;
      return place === null ? null : { value: place[0], id: place[1] };
    },
  };
}

/** @throws CURSOR_INVALID unless the text is the canonical base64url of more than so many bytes. */
function decodeText(text: string, overhead: number): Buffer {
  if (text.length > MAX_CURSOR_LENGTH) throw publicError('CURSOR_INVALID');
  const bytes = Buffer.from(text, 'base64url');
  // Decoding forgives foreign characters and stray bits; only the canonical spelling is ours.
  if (bytes.length <= overhead || bytes.toString('base64url') !== text) throw publicError('CURSOR_INVALID');
  return bytes;
}

/** AES-256-GCM; the digest is authenticated with the text. */
function encrypt(secret: Buffer, digest: string, text: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', secret, iv, { authTagLength: TAG_BYTES }).setAAD(
    Buffer.from(digest),
  );
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
}

function decrypt(secret: Buffer, digest: string, text: string): string {
  const bytes = decodeText(text, IV_BYTES + TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', secret, bytes.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  })
    .setAAD(Buffer.from(digest))
    .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([
      decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)),
      decipher.final(),
    ]).toString();
  } catch {
    throw publicError('CURSOR_INVALID');
  }
}

/** What stands for an interface in a cursor: the beginning of a hash of its name, as hex. Every list of a request asks. */
export const markOf = remember((interfaceName: string): string =>
  createHash('sha256')
    .update(interfaceName)
    .digest('hex')
    .slice(0, MARK_BYTES * 2),
);

/** A digest of plain data; the order of keys within objects does not matter. */
export function digestQuery(query: unknown): string {
  return createHash('sha256').update(canonicalJson(query)).digest('base64url');
}

type PlainPosition = readonly [FeedPosition['keys'], string, FeedPosition['key']] | null;
type PlainPlace = readonly [PlainPosition, readonly (readonly [string, PlainPosition])[], boolean];

/** Count of marks (two bytes), marks, then the places as JSON. */
function writeRow({ position, walk, behind, backward }: RowCursor): Buffer {
  const count = Buffer.alloc(2);
  count.writeUInt16BE(walk.size);
  const marks = Buffer.from([...walk].join(''), 'hex');
  const away = [...behind].map(([mark, place]) => [mark, toPlain(place)] as const);
  const place: PlainPlace = [toPlain(position), away, backward];
  return Buffer.concat([count, marks, Buffer.from(JSON.stringify(place))]);
}

/** The body was signed by us, so its shape is known. */
function readRow(body: Buffer): RowCursor {
  const count = body.readUInt16BE(0);
  const end = 2 + count * MARK_BYTES;
  const walk = new Set<string>();
  for (let at = 2; at < end; at += MARK_BYTES) walk.add(body.toString('hex', at, at + MARK_BYTES));
  const [position, away, backward] = JSON.parse(body.toString('utf8', end)) as PlainPlace;
  const behind = new Map(away.map(([mark, place]) => [mark, fromPlain(place)]));
  return { position: fromPlain(position), walk, behind, backward };
}

function toPlain(place: FeedPosition | null): PlainPosition {
  return place === null ? null : [place.keys, place.interface, place.key];
}

function fromPlain(plain: PlainPosition): FeedPosition | null {
  if (plain === null) return null;
  const [keys, interfaceName, key] = plain;
  return { keys, interface: interfaceName, key };
}
