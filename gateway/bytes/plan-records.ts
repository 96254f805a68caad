import { isUtf8 } from 'node:buffer';
import { decodeUtf8 } from '../../runtime/json/decode-utf8.js';
import { AnswerBytes } from './answer-bytes.js';
import type { AskedEntities, Carriage, ReadReply, ReplyBytes, WrittenAnswer } from './carriage.js';
import type { PlanProgram, PlanRequest } from './compile-plan.js';
import { type Doubt, doubtOf } from './doubt.js';
import { NO_DOUBT, OBJECT_SEEN_AT } from './layout.js';
import { type Lend, loadModule, type ScannerModule } from './load-module.js';
import * as layout from './plan-layout.js';
import { createRegionPages, type RegionPages, wholePages } from './region-pages.js';
import { MOST_REPLY_BYTES, ROOM_BEHIND } from './reply-scanner.js';
import { typesOf } from './seen-objects.js';

export interface PlanReader {
  /** @returns null when there is no memory for it. */
  begin(program: PlanProgram): Carriage | null;
  /** Bytes of memory that requests have. */
  lentBytes(): number;
}

interface PlanReaderOptions {
  /** Of all requests together. Default 64 MiB. */
  readonly mostBytes?: number;
  /** Of one request. Default 24 MiB. */
  readonly mostRequestBytes?: number;
  /** Default: the one that was built. */
  readonly load?: (lend: Lend) => ScannerModule;
}

const MOST_BYTES = 64 * 1024 * 1024;
const MOST_REQUEST_BYTES = 24 * 1024 * 1024;
/** A request begins with so many at least beside its program: with small replies it needs no second page. */
const FIRST_BYTES = 24 * 1024;
/** The first room for what is written. */
const ROOM_BYTES = 12 * 1024;
const BEFORE_DATA = Buffer.from('{"data":');
const AFTER_DATA = Buffer.from('}');

/** Carries plans out over bytes: requests take turns, each in memory of its own. */
export function createPlanReader(options: PlanReaderOptions = {}): PlanReader {
  const { mostBytes = MOST_BYTES, mostRequestBytes = MOST_REQUEST_BYTES, load = loadModule } = options;
  /** The request that is being worked on. */
  let current: RecordedPlan | null = null;
  const scanner = load((bytes) => current?.lend(bytes) ?? 0);
  const pages = createRegionPages(scanner.memory, scanner.firstFree.value, mostBytes);
  const work = <Result>(plan: RecordedPlan, step: () => Result): Result => {
    current = plan;
    try {
      return step();
    } finally {
      current = null;
    }
  };
  return {
    begin: (program) => {
      const plan = new RecordedPlan({ program, scanner, pages, mostBytes: mostRequestBytes, work });
      if (plan.begin()) return plan;
      plan.free();
      return null;
    },
    lentBytes: () => pages.lentBytes(),
  };
}

interface RecordedPlanOptions {
  readonly program: PlanProgram;
  readonly scanner: ScannerModule;
  readonly pages: RegionPages;
  readonly mostBytes: number;
  readonly work: <Result>(plan: RecordedPlan, step: () => Result) => Result;
}

class RecordedPlan implements Carriage {
  readonly #options: RecordedPlanOptions;
  readonly #blocks: { readonly place: number; readonly bytes: number }[] = [];
  #lentBytes = 0;
  #region = 0;
  /** Place of its copy of the program, in which the scanner counts. */
  #image = 0;
  #isFree = false;
  doubt: Carriage['doubt'] = null;

  constructor(options: RecordedPlanOptions) {
    this.#options = options;
  }

  /** @returns false when there is no room for it. */
  begin(): boolean {
    const { program, scanner } = this.#options;
    const image = aligned(layout.REGION_BYTES);
    const room = aligned(image + program.image.length);
    const free = aligned(room + ROOM_BYTES);
    const end = wholePages(free + FIRST_BYTES);
    const region = this.lend(end);
    if (region === 0) return false;
    this.#region = region;
    this.#image = region + image;
    const bytes = this.#options.pages.bytes();
    bytes.fill(0, region, region + layout.REGION_BYTES);
    const set = (at: number, place: number): number => bytes.writeUInt32LE(region + place, region + at);
    set(layout.REGION_PROGRAM_AT, image);
    set(layout.REGION_ROOM_AT, room);
    set(layout.REGION_ROOM_END_AT, free);
    set(layout.REGION_FREE_AT, free);
    set(layout.REGION_FREE_END_AT, end);
    bytes.set(program.image, this.#image);
    return this.#step(() => scanner.beginPlan(region)) !== null;
  }

  /** A block for the scanner, which works on this request. */
  lend(bytes: number): number {
    const whole = wholePages(bytes);
    if (this.#lentBytes + whole > this.#options.mostBytes) return 0;
    const place = this.#options.pages.lend(whole);
    if (place === 0) return 0;
    this.#blocks.push({ place, bytes: whole });
    this.#lentBytes += whole;
    return place;
  }

  ask(request: number, ready: readonly number[], behind: Buffer): AskedEntities | null {
    const { scanner, pages } = this.#options;
    const { entities, groups } = this.#requestAt(request);
    if (entities === null) throw new Error('a request for fields of the root has no representations');
    for (const group of ready)
      pages.bytes().writeInt32LE(1, this.#image + (groups.get(group) as number) + layout.GROUP_IS_READY_AT);
    const record = this.#step(() => scanner.gatherEntities(this.#region, entities));
    if (record === null) return null;
    const variables = this.#written(0, behind.length);
    behind.copy(variables, variables.length - behind.length);
    return { record, count: scanner.askedCount.value, variables };
  }

  read(request: number, { chunks }: ReplyBytes): ReadReply | null {
    const { scanner, pages } = this.#options;
    if (this.#isFree) return null;
    const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    if (length > MOST_REPLY_BYTES) return this.#refuse('bound');
    const place = this.#step(() => scanner.reserve(this.#region, length + ROOM_BEHIND));
    if (place === null) return null;
    const bytes = pages.bytes();
    const end = chunks.reduce((at, chunk) => at + chunk.copy(bytes, at), place);
    bytes.fill(0, end, end + ROOM_BEHIND);
    if (!isUtf8(bytes.subarray(place, end))) return this.#refuse('encoding');
    const { shape } = this.#requestAt(request);
    const data = this.#step(() => scanner.record(this.#region, shape, place, end));
    if (data === null) return null;
    const [from, to] = [scanner.extensionsStart.value, scanner.extensionsEnd.value];
    const extensions = from === 0 ? undefined : JSON.parse(pages.bytes().toString('utf8', from, to));
    return { record: data, extensions };
  }

  take({ record }: ReadReply, asked: AskedEntities | null): true | null {
    const { scanner } = this.#options;
    return this.#step(() => scanner.takeReply(this.#region, asked?.record ?? 0, record)) === null
      ? null
      : true;
  }

  write(): WrittenAnswer | null {
    const { scanner, program, pages } = this.#options;
    if (this.#step(() => scanner.writeAnswer(this.#region)) === null) return null;
    const body = this.#written(BEFORE_DATA.length, AFTER_DATA.length);
    BEFORE_DATA.copy(body);
    AFTER_DATA.copy(body, body.length - AFTER_DATA.length);
    const { objects, rootName } = program;
    const bytes = pages.bytes();
    const counts = objects.map(({ record }) => bytes.readInt32LE(this.#image + record + OBJECT_SEEN_AT));
    if (this.#step(() => scanner.writeNames(this.#region)) === null) return null;
    const names = this.#written(0);
    const data = body.subarray(BEFORE_DATA.length, body.length - AFTER_DATA.length);
    return {
      data: new AnswerBytes(data, body),
      touched: () => ({
        types: typesOf({ objects, rootName, counts }),
        subjects: new Set(JSON.parse(decodeUtf8(names)) as readonly string[]),
      }),
    };
  }

  free(): void {
    if (this.#isFree) return;
    this.#isFree = true;
    for (const { place, bytes } of this.#blocks) this.#options.pages.giveBack(place, bytes);
  }

  #requestAt(request: number): PlanRequest {
    return this.#options.program.requests[request] as PlanRequest;
  }

  /** A copy of what was written last, with some room before and behind it. */
  #written(before: number, behind = 0): Buffer {
    const { scanner, pages } = this.#options;
    const [start, end] = [scanner.writtenStart.value, scanner.writtenEnd.value];
    const copy = Buffer.allocUnsafe(before + end - start + behind);
    pages.bytes().copy(copy, before, start, end);
    return copy;
  }

  /** @returns null with a doubt. A fault of the scanner's own must not cost an answer. */
  #step(step: () => number): number | null {
    if (this.#isFree || this.doubt !== null) return null;
    const { work, scanner } = this.#options;
    try {
      const result = work(this, step);
      const code = scanner.doubt.value;
      return code === NO_DOUBT ? result : this.#refuse(doubtOf(code));
    } catch {
      return this.#refuse('failed');
    }
  }

  #refuse(doubt: Doubt | 'failed'): null {
    this.doubt ??= doubt;
    return null;
  }
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / 16) * 16;
}
