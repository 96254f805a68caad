import { SourceMalformed } from '../../source-error.js';

/** A body with what its head says of it. */
interface MessagePart {
  /** As sent; empty when there was none. */
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** An answer, which may come in several parts: its own text, and what that refers to. */
interface MessageParts {
  readonly root: MessagePart;
  /** A part by its Content-ID; null when there is none. */
  part(id: string): Buffer | null;
}

/**
 * Takes `multipart/related` apart (MTOM and SOAP with attachments): the root is the part that `start` names, else the
 * first. Any other body is its own root.
 *
 * @param action completes the sentence "Cannot …".
 * @throws {SourceMalformed} on a body that is not in the parts which its content-type announces.
 */
export function openParts(contentType: string, bytes: Buffer, action: string): MessageParts {
  if (!/^\s*multipart\//i.test(contentType)) return { root: { contentType, bytes }, part: () => null };
  const boundary = parameterOf(contentType, 'boundary');
  const parts = boundary === null ? [] : splitParts(bytes, boundary).map(readPart);
  const start = parameterOf(contentType, 'start');
  const root = start === null ? parts[0] : parts.find(({ id }) => id === bareId(start));
  if (root === undefined) {
    const found =
      boundary === null ? 'it names no boundary' : `none of its ${parts.length} parts is the root`;
    throw new SourceMalformed(
      `Cannot ${action}: a multipart answer must hold the part that it begins with, but ${found}`,
    );
  }
  return { root, part: (id) => parts.find((part) => part.id === bareId(id))?.bytes ?? null };
}

function parameterOf(header: string, name: string): string | null {
  const match = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^\\s;]+))`, 'i').exec(header);
  return match === null ? null : (match[1] ?? match[2] ?? null);
}

/** `<root.message@cxf.apache.org>` and `cid:root.message%40cxf.apache.org` are one name. */
function bareId(id: string): string {
  const bare = id.trim().replace(/^<|>$/g, '').replace(/^cid:/i, '');
  try {
    return decodeURIComponent(bare);
  } catch {
    return bare;
  }
}

/** What stands between the boundaries, heads included. */
function splitParts(bytes: Buffer, boundary: string): readonly Buffer[] {
  const mark = Buffer.from(`--${boundary}`, 'latin1');
  const parts: Buffer[] = [];
  let from = -1;
  for (let at = bytes.indexOf(mark); at !== -1; at = bytes.indexOf(mark, at + mark.length)) {
    // A mark counts at the beginning of a line alone.
    if (at > 0 && bytes[at - 1] !== 0x0a) continue;
    if (from !== -1) parts.push(bytes.subarray(from, bytes[at - 2] === 0x0d ? at - 2 : at - 1));
    const lineEnd = bytes.indexOf('\n', at + mark.length);
    const isLast = bytes.toString('latin1', at + mark.length, at + mark.length + 2) === '--';
    if (isLast || lineEnd === -1) break;
    from = lineEnd + 1;
  }
  return parts;
}

function readPart(part: Buffer): MessagePart & { readonly id: string } {
  const head = /^(?:[^\r\n]+\r?\n)*\r?\n/.exec(part.toString('latin1', 0, 8192))?.[0] ?? '';
  const unfolded = head.replace(/\r?\n[ \t]+/g, ' ');
  const header = (name: string): string =>
    new RegExp(`^${name}:[ \\t]*(.*?)[ \\t]*\\r?$`, 'im').exec(unfolded)?.[1] ?? '';
  const body = part.subarray(head.length);
  return {
    id: bareId(header('content-id')),
    contentType: header('content-type'),
    bytes: decodeTransfer(body, header('content-transfer-encoding')),
  };
}

function decodeTransfer(body: Buffer, encoding: string): Buffer {
  if (/^base64$/i.test(encoding)) return Buffer.from(body.toString('latin1'), 'base64');
  if (!/^quoted-printable$/i.test(encoding)) return body;
  const text = body.toString('latin1').replace(/=\r?\n/g, '');
  return Buffer.from(
    text.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
}
