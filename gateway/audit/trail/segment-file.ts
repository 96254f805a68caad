import { constants, type FileHandle, open, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { segmentName } from './segment-names.js';
import { syncFolder } from './sync-folder.js';

const { O_WRONLY, O_CREAT, O_EXCL, O_DSYNC } = constants;
/**
 * With O_DSYNC a write ends when it is on the disk, as if `fdatasync` followed it (open(2)), at the price of one call. Other
 * systems than Linux promise less by it, or do not know it.
 */
const SYNCS_WRITES = process.platform === 'linux';
const NEW_FILE = O_WRONLY | O_CREAT | O_EXCL | (SYNCS_WRITES ? O_DSYNC : 0);

/** A segment that is being written. What `write` has resolved for is on the disk. */
export class SegmentFile {
  readonly segment: number;
  readonly path: string;
  readonly #file: FileHandle;
  #size = 0;
  #flushes = 0;

  private constructor(segment: number, path: string, file: FileHandle) {
    this.segment = segment;
    this.path = path;
    this.#file = file;
  }

  /** @param head its first line. @throws the system's error, `EEXIST` when there is such a segment. */
  static async create(folder: string, segment: number, head: string): Promise<SegmentFile> {
    const path = join(folder, segmentName(segment));
    const made = new SegmentFile(segment, path, await open(path, NEW_FILE, 0o640));
    try {
      await made.write(Buffer.from(head));
      await syncFolder(folder);
      return made;
    } catch (error) {
      await made.close();
      // It holds nothing that anybody was told of, and its name is needed again.
      await unlink(path).catch(() => undefined);
      throw error;
    }
  }

  /** Bytes that are on the disk. */
  get size(): number {
    return this.#size;
  }

  /** How often the disk was told to keep what was written. */
  get flushes(): number {
    return this.#flushes;
  }

  async write(bytes: Buffer): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await this.#file.write(bytes, done, bytes.length - done, this.#size + done);
      done += bytesWritten;
    }
    if (!SYNCS_WRITES) await this.#file.datasync();
    this.#flushes += 1;
    this.#size += bytes.length;
  }

  /**
   * Removes what `write` has begun and not ended.
   *
   * @throws when the file is shorter than what was written, or cannot be shortened.
   */
  async cutBack(): Promise<void> {
    const { size } = await this.#file.stat();
    if (size < this.#size) throw new Error(`${this.path} has lost ${this.#size - size} bytes`);
    await this.#file.truncate(this.#size);
    await this.#file.sync();
  }

  /** Whether the file that is written to is still the one in the folder, with all that was written. */
  async isInPlace(): Promise<boolean> {
    const [written, found] = await Promise.all([this.#file.stat(), stat(this.path).catch(() => null)]);
    return found?.ino === written.ino && found.dev === written.dev && written.size >= this.#size;
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}
