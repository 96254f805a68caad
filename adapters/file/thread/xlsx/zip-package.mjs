import { readFileSync, statSync } from 'node:fs';
import { crc32, inflateRawSync } from 'node:zlib';
import { fromBufferPromise, openPromise } from 'yauzl';
import { DropRefused } from '../drop-fault.mjs';

/** @typedef {import('yauzl').Entry} Entry */

const SMALL_BYTES = 8 << 20;
const SMALL_PART_BYTES = 1 << 20;
const DEFLATED = 8;
const MAX_UNZIPPED_BYTES = 1 << 30;
/** A sheet of a million equal rows comes to about 100; deflate itself to 1032. */
const MAX_RATIO = 200;
/** Below this no ratio hurts. */
const HARMLESS_BYTES = 64 << 20;
/** A workbook has a few dozen parts. */
const MAX_PARTS = 10_000;

/** The parts of a workbook, which is a zip archive. Sizes are checked before anything is unzipped, and while it is. */
export class ZipPackage {
  #zip;
  #parts;

  /**
   * @param {import('yauzl').ZipFile} zip
   * @param {ReadonlyMap<string, Entry>} parts by lower-case name
   */
  constructor(zip, parts) {
    this.#zip = zip;
    this.#parts = parts;
  }

  /**
   * @param {string} path
   * @throws {DropRefused} when it is no whole archive, or unzips to too much.
   */
  static async open(path) {
    // Not strict: some programs write the separators of Windows into names, which are then read as `/`.
    const zip = await openArchive(path).catch(refuse);
    try {
      return new ZipPackage(zip, await listParts(zip));
    } catch (error) {
      zip.close();
      throw error;
    }
  }

  /** @param {string} name */
  has(name) {
    return this.#parts.has(name.toLowerCase());
  }

  /** @param {string} name */
  sizeOf(name) {
    return this.#parts.get(name.toLowerCase())?.uncompressedSize ?? 0;
  }

  /**
   * @param {string} name
   * @returns {AsyncGenerator<Uint8Array>}
   * @throws {DropRefused} when there is no such part or its bytes are not the ones that were packed.
   */
  async *read(name) {
    const entry = this.#parts.get(name.toLowerCase());
    if (entry === undefined) throw new DropRefused('broken-xlsx', { value: `there is no part ${name}` });
    const isSmall = entry.compressionMethod === DEFLATED && entry.uncompressedSize <= SMALL_PART_BYTES;
    const stream = await this.#zip
      .openReadStreamPromise(entry, isSmall ? { decompress: false } : {})
      .catch(refuse);
    let sum = 0;
    try {
      for await (const chunk of isSmall ? inflate(stream, entry) : stream) {
        sum = crc32(chunk, sum);
        yield chunk;
      }
    } catch (error) {
      refuse(error);
    } finally {
      stream.destroy();
    }
    if (sum !== entry.crc32)
      throw new DropRefused('broken-xlsx', { value: `the checksum of ${name} is wrong` });
  }

  close() {
    this.#zip.close();
  }
}

/**
 * A small archive is read at once: its many small parts cost a system call each otherwise.
 *
 * @param {string} path
 */
async function openArchive(path) {
  if (statSync(path).size <= SMALL_BYTES) return fromBufferPromise(readFileSync(path), { autoClose: false });
  return openPromise(path, { autoClose: false });
}

/**
 * Inflates a small part at once, which is many times faster than a stream.
 *
 * @param {AsyncIterable<Uint8Array>} packed
 * @param {Entry} entry
 */
async function* inflate(packed, { uncompressedSize }) {
  const chunks = [];
  for await (const chunk of packed) chunks.push(chunk);
  const bytes = inflateRawSync(Buffer.concat(chunks), { maxOutputLength: uncompressedSize + 1 });
  if (bytes.length !== uncompressedSize) {
    throw new Error(`a part must unzip to ${uncompressedSize} bytes, but unzips to ${bytes.length}`);
  }
  yield bytes;
}

/** @param {import('yauzl').ZipFile} zip */
async function listParts(zip) {
  /** @type {Map<string, Entry>} */
  const parts = new Map();
  let packed = 0;
  let unpacked = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName.toLowerCase();
      if (parts.has(name))
        throw new DropRefused('broken-xlsx', { value: `there are two parts ${entry.fileName}` });
      if (entry.isEncrypted()) throw new DropRefused('old-excel');
      parts.set(name, entry);
      packed += entry.compressedSize;
      unpacked += entry.uncompressedSize;
      const isBomb = unpacked > HARMLESS_BYTES && unpacked > packed * MAX_RATIO;
      if (isBomb || unpacked > MAX_UNZIPPED_BYTES || parts.size > MAX_PARTS) {
        throw new DropRefused('unzips-too-large', { value: String(unpacked) });
      }
    }
  } catch (error) {
    refuse(error);
  }
  return parts;
}

/**
 * @param {unknown} error
 * @returns {never}
 */
function refuse(error) {
  if (error instanceof DropRefused) throw error;
  throw new DropRefused('broken-xlsx', { value: error instanceof Error ? error.message : String(error) });
}
