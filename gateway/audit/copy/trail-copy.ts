import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { listSegments, segmentName } from '../trail/segment-names.js';
import type { CopyPlace } from './copy-place.js';

/** How far the copy is. */
export type CopyState =
  | { readonly kind: 'none' }
  | { readonly kind: 'level' }
  /** The place could not be written to; it is tried again with every checkpoint. */
  | { readonly kind: 'behind'; readonly since: Date; readonly reason: string };

const PIECE_BYTES = 1024 * 1024;
/** Compared before a copy of an earlier process is gone on with. */
const COMPARED_BYTES = 64 * 1024;

/** Keeps the copy of a trail level with what is signed of it. It never changes what the copy has. */
export class TrailCopy {
  readonly #folder: string;
  readonly #place: CopyPlace;
  /** Sizes of the copy's files; null: to be asked for. */
  #sizes: Map<string, number> | null = null;
  /** Files whose end was seen to be the original's. */
  readonly #compared = new Set<string>();
  /** Last signed byte. */
  #until: { readonly segment: number; readonly size: number } | null = null;
  #running: Promise<void> | null = null;
  /** Ends when the segment that is being copied is. */
  #copying: Promise<void> = Promise.resolve();
  /** Number of the last segment that was removed. */
  #removed = 0;
  #behind: { readonly since: Date; readonly reason: string } | null = null;

  constructor(folder: string, place: CopyPlace) {
    this.#folder = folder;
    this.#place = place;
  }

  state(): CopyState {
    return this.#behind === null ? { kind: 'level' } : { kind: 'behind', ...this.#behind };
  }

  /** Copies what stands before a place of the trail, in the background. */
  copyUntil(segment: number, size: number): void {
    this.#until = { segment, size };
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
  }

  /** Resolves when nothing is being copied. */
  async settle(): Promise<void> {
    await this.#running;
  }

  /** Removes a segment, the oldest ones first. What is being copied just then is not made anew afterwards. */
  async remove(segment: number): Promise<void> {
    this.#removed = Math.max(this.#removed, segment);
    await this.#copying.catch(() => undefined);
    await this.#place.remove(segmentName(segment));
    this.#sizes?.delete(segmentName(segment));
  }

  async #run(): Promise<void> {
    for (let goal = this.#until; goal !== null; ) {
      try {
        await this.#copy(goal);
        this.#behind = null;
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        this.#behind = { since: this.#behind?.since ?? new Date(), reason };
        // Something of the last piece may have been kept.
        this.#sizes = null;
        this.#compared.clear();
      }
      if (this.#until === goal) return;
      goal = this.#until;
    }
  }

  async #copy(goal: { readonly segment: number; readonly size: number }): Promise<void> {
    this.#sizes ??= new Map(await this.#place.sizes());
    const known = this.#sizes;
    const isNew = !known.has(segmentName(goal.segment));
    const segments = isNew ? await listSegments(this.#folder) : [goal.segment];
    for (const segment of segments.filter((one) => one <= goal.segment)) {
      if (segment <= this.#removed) continue;
      this.#copying = this.#copyOne(segment, segment === goal.segment ? goal.size : null, known);
      await this.#copying;
    }
  }

  /** @param size to copy; null: all of it. */
  async #copyOne(segment: number, size: number | null, known: Map<string, number>): Promise<void> {
    const name = segmentName(segment);
    await this.#copySegment(name, size ?? (await stat(join(this.#folder, name))).size, known);
  }

  async #copySegment(name: string, size: number, known: Map<string, number>): Promise<void> {
    const file = await open(join(this.#folder, name), 'r');
    try {
      const piece = async (start: number, length: number): Promise<Buffer> => {
        const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, start);
        return buffer.subarray(0, bytesRead);
      };
      const had = known.get(name) ?? 0;
      if (had > 0 && had <= size && !this.#compared.has(name)) {
        const start = Math.max(0, had - COMPARED_BYTES);
        const [ours, theirs] = await Promise.all([
          piece(start, had - start),
          this.#place.read(name, start, had - start),
        ]);
        if (!ours.equals(theirs)) throw new Error(`${name} of the copy must be as the original, but differs`);
      }
      this.#compared.add(name);
      for (let done = had; done < size; ) {
        const bytes = await piece(done, Math.min(PIECE_BYTES, size - done));
        if (bytes.length === 0) throw new Error(`${name} has lost ${size - done} bytes`);
        await this.#place.add(name, done, bytes);
        done += bytes.length;
        known.set(name, done);
      }
    } finally {
      await file.close();
    }
  }
}
