import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AuditHash } from '../audit-hash.js';
import { encodeLine, readLine } from '../trail/trail-line.js';

/** What somebody who can write to the folder, but has no key, may do to it. Numbers are taken modulo what there is. */
export type Tampering =
  | { readonly kind: 'flip'; readonly segment: number; readonly at: number; readonly bit: number }
  | { readonly kind: 'drop'; readonly segment: number; readonly line: number }
  | { readonly kind: 'swap'; readonly segment: number; readonly line: number; readonly other: number }
  | { readonly kind: 'truncate'; readonly segment: number; readonly at: number }
  | { readonly kind: 'remove'; readonly segment: number }
  /** Changes a record and hashes all that follow again; checkpoints are kept as they are, or removed. */
  | {
      readonly kind: 'rehash';
      readonly segment: number;
      readonly line: number;
      readonly keepsCheckpoints: boolean;
    };

/** @returns whether anything is different now. */
export function tamper(folder: string, tampering: Tampering, hash: AuditHash): boolean {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.ndjson'))
    .sort();
  const index = tampering.segment % names.length;
  const path = join(folder, names[index] ?? '');
  const before = readFileSync(path);
  switch (tampering.kind) {
    case 'flip':
      before.writeUInt8(
        before.readUInt8(tampering.at % before.length) ^ (1 << tampering.bit),
        tampering.at % before.length,
      );
      writeFileSync(path, before);
      return true;
    case 'truncate':
      truncateSync(path, tampering.at % before.length);
      return true;
    case 'remove':
      rmSync(path);
      return true;
    case 'drop': {
      const lines = linesOf(before);
      lines.splice(tampering.line % lines.length, 1);
      writeFileSync(path, joined(lines));
      return true;
    }
    case 'swap': {
      const lines = linesOf(before);
      const [one, other] = [tampering.line % lines.length, tampering.other % lines.length];
      [lines[one], lines[other]] = [lines[other] ?? '', lines[one] ?? ''];
      writeFileSync(path, joined(lines));
      return one !== other;
    }
    case 'rehash':
      return rehash(folder, names.slice(index), tampering, hash);
  }
}

function rehash(
  folder: string,
  names: readonly string[],
  { line, keepsCheckpoints }: Extract<Tampering, { kind: 'rehash' }>,
  hash: AuditHash,
): boolean {
  const first = linesOf(readFileSync(join(folder, names[0] ?? '')));
  const records = first.flatMap((text, at) => (text.includes(',"record":') ? [at] : []));
  const changed = records[line % Math.max(1, records.length)];
  if (changed === undefined) return false;
  let previous = readLine(Buffer.from(first[changed - 1] ?? ''))?.hash ?? '';
  let seq = readLine(Buffer.from(first[changed] ?? ''))?.seq ?? 0;
  for (const [index, name] of names.entries()) {
    const lines = index === 0 ? first : linesOf(readFileSync(join(folder, name)));
    const kept = index === 0 ? lines.slice(0, changed) : [];
    for (const [at, text] of lines.slice(kept.length).entries()) {
      const read = readLine(Buffer.from(text));
      if (read === null) throw new Error(`no line: ${text}`);
      if (read.kind === 'checkpoint' && !keepsCheckpoints) continue;
      const said = read.kind === 'head' ? { ...(read.said() as object), previous } : read.said();
      const json = JSON.stringify(said);
      const forged = index === 0 && at === 0 ? json.replace('request-', 'Request-') : json;
      const line = encodeLine({ seq, kind: read.kind, json: forged }, previous, hash);
      kept.push(line.text.slice(0, -1));
      previous = line.hash;
      seq += 1;
    }
    writeFileSync(join(folder, name), joined(kept));
  }
  return true;
}

function linesOf(bytes: Buffer): string[] {
  return bytes.toString('latin1').split('\n').slice(0, -1);
}

function joined(lines: readonly string[]): Buffer {
  return Buffer.from(lines.map((line) => `${line}\n`).join(''), 'latin1');
}
