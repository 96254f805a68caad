import { crc32, deflateRawSync } from 'node:zlib';

/** A part of an archive; what is not told is what is true. */
export interface ZipPart {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** The size that the directory claims. */
  readonly claimedSize?: number;
  readonly claimedSum?: number;
  readonly isStored?: boolean;
  /** General purpose flags; 1 says that it is encrypted. */
  readonly flags?: number;
}

/** An archive of these parts, deflated. */
export function writeZip(parts: readonly ZipPart[]): Buffer {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const name = Buffer.from(part.name);
    const bytes = Buffer.from(part.content);
    const packed = part.isStored ? bytes : deflateRawSync(bytes);
    const header = Buffer.alloc(26);
    header.writeUInt16LE(20, 0);
    header.writeUInt16LE(part.flags ?? 0, 2);
    header.writeUInt16LE(part.isStored ? 0 : 8, 4);
    header.writeUInt32LE(part.claimedSum ?? crc32(bytes), 10);
    header.writeUInt32LE(packed.length, 14);
    header.writeUInt32LE(part.claimedSize ?? bytes.length, 18);
    header.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), header, name, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    entries.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), header, rest, name]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length, 4);
  end.writeUInt16LE(parts.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from('PK\u0005\u0006', 'latin1'), end]);
}
