import { createWriteStream } from 'node:fs';
import { readFile, rename } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { CommandFailure, EXIT, type ExitCode } from '../exit-code.js';
import { systemFailure } from '../system-failure.js';
import type { ExportOptions } from '../verbs/verb-bodies.js';
import { describeEnd } from './export-end.js';
import { showProgress } from './export-progress.js';
import { type RunningExport, requestExport } from './export-request.js';

/** Where a verb reads and writes; the process's own in the command. */
export interface ExportStreams {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean };
  /** For people: progress and how it ended. */
  readonly progress: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

const PROCESS: ExportStreams = { input: process.stdin, output: process.stdout, progress: process.stderr };

/** Has a running gateway export a list, and writes the file. @throws {CommandFailure} when there is none. */
export async function exportList(
  options: ExportOptions,
  streams: ExportStreams = PROCESS,
): Promise<ExitCode> {
  const { outFile, format } = options;
  if (outFile === null && format === 'xlsx' && streams.output.isTTY === true) {
    throw new CommandFailure(
      EXIT.usage,
      'XLSX 不能写到终端，请用 --out。Cannot export: a workbook must go to a file (--out), but the output is a terminal.',
    );
  }
  const running = await requestExport(options, await readQuery(options, streams));
  const stopShowing = showProgress(running, streams.progress);
  const isWhole = await writeFile(running, outFile, streams).finally(stopShowing);
  const { lines, exitCode } = describeEnd(await running.standing(), isWhole, outFile);
  streams.progress.write(lines.map((line) => `${line}\n`).join(''));
  return exitCode;
}

async function readQuery({ query }: ExportOptions, { input }: ExportStreams): Promise<string> {
  if ('text' in query) return query.text;
  if (query.file === '-') return text(input);
  try {
    return await readFile(query.file, 'utf8');
  } catch (error) {
    throw systemFailure(error, query.file) ?? error;
  }
}

/** A file has its name only once it ends. @returns whether all that the gateway sent has arrived. */
async function writeFile(
  { body, isBroken }: RunningExport,
  outFile: string | null,
  { output }: ExportStreams,
): Promise<boolean> {
  const part = `${outFile}.part`;
  try {
    if (outFile === null) await pipeline(body, withoutEnd(output));
    else await pipeline(body, createWriteStream(part));
  } catch (error) {
    // An error of the file breaks the connection, too.
    const failure = outFile === null ? null : systemFailure(error, part);
    if (failure !== null || !isBroken(error)) throw failure ?? error;
    return false;
  }
  if (outFile !== null) await rename(part, outFile);
  return true;
}

/** The process's output is not ours to end. */
function withoutEnd(output: NodeJS.WritableStream): Writable {
  return new Writable({
    write: (chunk: Buffer, _, done) => {
      if (output.write(chunk)) done();
      else output.once('drain', done);
    },
  });
}
