const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
/** 1 January 1980, 0:00, where the format's calendar begins: date in the upper half, time in the lower. */
const BEGINNING = 0x00210000;

/**
 * The archive with every entry dated 1980-01-01, so that the same content is the same bytes at any hour.
 *
 * @throws {RangeError} when the bytes are no ZIP archive without a comment.
 */
export function withoutTimes(archive: Buffer): Buffer {
  const dated = Buffer.from(archive);
  const end = dated.length - 22;
  if (end < 0 || dated.readUInt32LE(end) !== END) {
    throw new RangeError('Cannot date an archive: it must be a ZIP file without a comment, but is not');
  }
  const entries = dated.readUInt16LE(end + 10);
  let at = dated.readUInt32LE(end + 16);
  for (let entry = 0; entry < entries; entry += 1) {
    if (dated.readUInt32LE(at) !== CENTRAL)
      throw new RangeError('Cannot date an archive: its directory is broken');
    dated.writeUInt32LE(BEGINNING, at + 12);
    const local = dated.readUInt32LE(at + 42);
    if (dated.readUInt32LE(local) !== LOCAL)
      throw new RangeError('Cannot date an archive: an entry is missing');
    dated.writeUInt32LE(BEGINNING, local + 10);
    at += 46 + dated.readUInt16LE(at + 28) + dated.readUInt16LE(at + 30) + dated.readUInt16LE(at + 32);
  }
  return dated;
}
