import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { CompiledSources } from '../../gateway/testing/compiled-sources.js';
import { findProjectRoot } from '../../runtime/project-root.js';
import { copyCountyRoot } from '../../test/join/county-root.js';
import { runEnvironment, runFlags } from '../../test/run/once-per-run.js';

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The program in a folder of its own, with the files of a county: what a command writes stays in there. */
export interface TemporaryProject {
  readonly root: string;
  /** Runs a command in a process of its own to its end. */
  run(words: readonly string[], environment?: NodeJS.ProcessEnv): Promise<Ended>;
  /** Starts a command. */
  begin(words: readonly string[], environment?: NodeJS.ProcessEnv): Pick<Serving, 'tell' | 'ended'>;
  /** Starts one that serves; resolves when it says its address. */
  serve(words: readonly string[], environment?: NodeJS.ProcessEnv): Promise<Serving>;
  remove(): void;
}

export interface Serving {
  readonly url: string;
  /** Ends it, as a person at the keyboard does. */
  stop(): Promise<Ended>;
  /** Sends it a signal. */
  tell(signal: NodeJS.Signals): void;
  /** The first group of what it has said. @throws {Error} when it has not said it. */
  said(pattern: RegExp): string;
  readonly ended: Promise<Ended>;
}

/** @param root folder that holds a county's files; it is removed at the end. */
export function openTemporaryProject(
  compiled: CompiledSources,
  root: string = copyCountyRoot(),
): TemporaryProject {
  const project = findProjectRoot();
  const main = compiled.pathOf('cli/main.ts');
  copyFileSync(join(project, 'package.json'), join(root, 'package.json'));
  symlinkSync(join(project, 'node_modules'), join(root, 'node_modules'));
  symlinkSync(dirname(dirname(main)), join(root, 'dist'));
  // Modules are to find the project where the links are, not where they lead.
  const flags = [...runFlags(), '--preserve-symlinks', '--preserve-symlinks-main'];
  const program = join(root, 'dist', 'cli', 'main.js');
  const start = (words: readonly string[], environment: NodeJS.ProcessEnv) =>
    spawn(process.execPath, [...flags, program, ...words], {
      cwd: root,
      env: { ...runEnvironment(), DEMO_SIZE: 'tiny', ...environment },
    });
  const endOf = async (child: ReturnType<typeof start>, output: Promise<string>): Promise<Ended> => {
    const [[code], out, err] = await Promise.all([once(child, 'exit'), output, text(child.stderr)]);
    return { code: code as number | null, out, err };
  };
  const begin: TemporaryProject['begin'] = (words, environment = {}) => {
    const child = start(words, environment);
    return { tell: (signal) => void child.kill(signal), ended: endOf(child, text(child.stdout)) };
  };
  return {
    root,
    run: (words, environment) => begin(words, environment).ended,
    begin,
    serve: async (words, environment = {}) => {
      const child = start(words, environment);
      const lines: string[] = [];
      let tell: (url: string) => void = () => undefined;
      const url = new Promise<string>((resolve) => {
        tell = resolve;
      });
      child.stdout.setEncoding('utf8').on('data', (part: string) => {
        lines.push(part);
        const found = /GraphQL: (\S+)/.exec(lines.join(''));
        if (found?.[1] !== undefined) tell(found[1]);
      });
      const ended = endOf(
        child,
        once(child, 'exit').then(() => lines.join('')),
      );
      const early = ended.then(({ out, err }) => Promise.reject(new Error(`it ended: ${out}${err}`)));
      const stop = (): Promise<Ended> => {
        child.kill('SIGINT');
        return ended;
      };
      return {
        url: await Promise.race([url, early]),
        stop,
        tell: (signal) => void child.kill(signal),
        said: (pattern) => {
          const found = pattern.exec(lines.join(''))?.[1];
          if (found === undefined) throw new Error(`it has not said ${pattern}: ${lines.join('')}`);
          return found;
        },
        ended,
      };
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** A module that runs before the program does. @returns what to put into `NODE_OPTIONS`. */
export function preload(root: string, name: string, code: string): string {
  const file = join(root, 'preload', `${name}.cjs`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, code);
  return `--require ${file}`;
}
