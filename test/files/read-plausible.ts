import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileDefinition } from '../../adapters/file/file-definition.js';
import type { ReadDrop, SmallDrop } from '../../adapters/file/testing/read-drops-thread.mjs';
import type { ObjectDefinition } from '../../adapters/source-object.js';
import { createUnconnected } from '../../adapters/unconnected.js';
import { createClockFrom } from '../../runtime/clock.js';
import { ThreadLost, WorkerThread } from '../../runtime/thread/worker-thread.js';
import { formatProblem } from '../../runtime/yaml/problem.js';
import { compileInterface } from '../../subgraphs/engine/compile/compile-interface.js';
import { columnsOfMapping, numberColumns } from '../../subgraphs/engine/mapping/mapping-columns.js';
import { parseMapping } from '../../subgraphs/engine/mapping/parse-mapping.js';
import {
  compileRowReader,
  type EngineRow,
  type RowReader,
} from '../../subgraphs/engine/read/row/row-reader.js';
import { testCodecEnvironment } from '../../subgraphs/engine/testing/codec-environment.js';
import { UNOBSERVED } from '../../subgraphs/port/source-observer.js';
import { createClosedSeasons } from '../../subgraphs/values/dates/closed-seasons.js';
import { createWorkingDays } from '../../subgraphs/values/dates/working-days.js';
import { type FileLayout, mappingOf } from './file-mapping.js';

export const TODAY = '2026-06-30';

/** What came of a file: its rows as the graph says them, or why it was rejected. */
export interface ReadFile {
  readonly rows: readonly EngineRow[];
  readonly faults: ReadDrop['faults'];
}

interface PlausibleFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly layout: FileLayout;
}

interface CompiledLayout {
  readonly source: Omit<SmallDrop, 'bytes' | 'name' | 'path'>;
  readonly reader: RowReader;
}

/** Reads files as the product does: the importer's own thread code, the mapping's own codecs; no version is kept. */
export class PlausibleReader {
  readonly #folder = mkdtempSync(join(tmpdir(), 'eg-plausible-'));
  readonly #path = join(this.#folder, 'drop');
  readonly #thread = new WorkerThread<readonly SmallDrop[], readonly ReadDrop[]>(
    new URL('../../adapters/file/testing/read-drops-thread.mjs', import.meta.url),
  );
  readonly #compiled = new Map<string, CompiledLayout>();

  async read(files: readonly PlausibleFile[]): Promise<readonly ReadFile[]> {
    const drops = files.map(
      ({ name, bytes, layout }): SmallDrop => ({
        ...this.#compile(layout).source,
        name,
        bytes,
        path: this.#path,
      }),
    );
    const read = await this.#thread.ask(drops);
    return read.map(({ rows, faults }, index) => {
      const layout = files[index]?.layout;
      if (layout === undefined) throw new Error('more files came back than were asked for');
      const { reader } = this.#compile(layout);
      return {
        faults,
        rows: rows.map((row) => reader.read(reader.columns.map((column) => row[column] ?? null))),
      };
    });
  }

  async close(): Promise<void> {
    await this.#thread.giveUp(new ThreadLost('', 'all is read'));
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #compile(layout: FileLayout): CompiledLayout {
    const text = mappingOf(layout);
    const known = this.#compiled.get(text);
    if (known !== undefined) return known;
    const compiled = compileLayout(text);
    this.#compiled.set(text, compiled);
    return compiled;
  }
}

function compileLayout(text: string): CompiledLayout {
  const parsed = parseMapping(text, 'plausible.yaml');
  if (parsed.kind === 'problems') throw new Error(parsed.problems.map(formatProblem).join('\n'));
  const { mapping } = parsed;
  const environment = {
    ...testCodecEnvironment(),
    clock: createClockFrom(TODAY),
    observer: UNOBSERVED,
    workingDays: createWorkingDays([]),
    closedSeasons: createClosedSeasons([]),
  };
  const compiled = compileInterface(mapping, createUnconnected('files'), environment);
  const options = { fields: [...compiled.fields.keys()], today: TODAY, subject: true, refs: false };
  return {
    source: {
      definition: fileOf(mapping.source.object),
      columns: columnsOfMapping(mapping),
      key: mapping.key,
      numbers: numberColumns(mapping),
      where: mapping.where,
    },
    reader: compileRowReader(compiled, options),
  };
}

function fileOf(definition: ObjectDefinition): FileDefinition {
  if (isFile(definition)) return definition;
  throw new Error(`the mapping must be one of files, but is of ${definition.kind}`);
}

function isFile(definition: ObjectDefinition): definition is FileDefinition {
  return definition.kind === 'file';
}
