import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProjectRoot } from '../../runtime/project-root.js';

/** What `scan/scan.ts` exports, instantiated with a memory of its own. */
export interface ScannerModule {
  readonly memory: ModuleMemory;
  readonly firstFree: Place;
  readonly answerStart: Place;
  readonly answerEnd: Place;
  readonly extensionsStart: Place;
  readonly extensionsEnd: Place;
  readonly notesEnd: Place;
  /** See `scan/scan.ts`. @returns one of `DOUBT_…` of `layout.ts`. */
  scan(
    program: number,
    reply: number,
    replyEnd: number,
    scratch: number,
    notes: number,
    output: number,
    outputEnd: number,
  ): number;

  readonly doubt: Place;
  readonly writtenStart: Place;
  readonly writtenEnd: Place;
  readonly askedCount: Place;
  /** Steps of a plan: see `scan/plan.ts`, and `record` in `scan/scan.ts`. */
  beginPlan(region: number): number;
  reserve(region: number, bytes: number): number;
  record(region: number, shape: number, reply: number, replyEnd: number): number;
  gatherEntities(region: number, request: number): number;
  takeReply(region: number, asked: number, data: number): number;
  writeAnswer(region: number): number;
  writeNames(region: number): number;
}

/** Lends the request that is being worked on a block of its memory; 0: there is none. */
export type Lend = (bytes: number) => number;

export interface ModuleMemory {
  /** Another one after each growth. */
  readonly buffer: ArrayBuffer;
  /** @param pages of 64 KiB. */
  grow(pages: number): number;
}

/** A place in memory. */
interface Place {
  readonly value: number;
}

/** Node's own, of which TypeScript knows only with the types of browsers. */
declare const WebAssembly: {
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

let compiled: object | null = null;

/**
 * Loads the scanner that `bin/build-scanner.js` has built.
 *
 * @param lend for plans; absent: it is for single replies.
 * @throws {Error} when it is not built.
 */
export function loadModule(lend: Lend = () => 0): ScannerModule {
  compiled ??= new WebAssembly.Module(readBuilt(join(findProjectRoot(), 'dist', 'scanner.wasm')));
  const { exports } = new WebAssembly.Instance(compiled, { env: { abort }, host: { lend } });
  return exports as ScannerModule;
}

function readBuilt(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new Error(
      `缺少 ${path}，请运行 npm run build。Cannot load the scanner of replies: npm run build must have made ${path}, but it cannot be read.`,
      { cause: error },
    );
  }
}

function abort(): never {
  throw new Error('the scanner must not abort, but did');
}
