import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findProjectRoot } from '../../runtime/project-root.js';

const ROOT = findProjectRoot();
const JEST = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');

/** The project's Jest for two suites, one after the other. */
async function runTwice(suite: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'eg-suites-'));
  try {
    const { testEnvironment, runtime, transform } = JSON.parse(
      readFileSync(join(ROOT, 'jest.config.json'), 'utf8').replaceAll('<rootDir>', ROOT),
    );
    const compiler = transform['^.+\\.ts$'];
    compiler[0] = join(ROOT, 'node_modules', compiler[0]);
    const config = { testEnvironment, runtime, transform, cacheDirectory: join(folder, 'cache') };
    writeFileSync(join(folder, 'jest.config.json'), JSON.stringify(config));
    writeFileSync(join(folder, 'own.cjs'), 'exports.asked = 0;');
    for (const name of ['one', 'two']) writeFileSync(join(folder, `${name}.test.cjs`), suite);
    const words = [JEST, '--runInBand', '--ci', '--testMatch', '**/*.test.cjs'];
    const { stderr } = await promisify(execFile)(process.execPath, words, { cwd: folder });
    return stderr;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('suites of a worker', () => {
  it('share packages and the realm, but neither modules nor globals nor variables', async () => {
    const told = await runTwice(`
      const { executionAsyncResource } = require('node:async_hooks');
      const { readFileSync } = require('node:fs');
      const { GraphQLError } = require('graphql');
      const own = require('./own.cjs');
      const isStore = (name) => name === 'Symbol(kResourceStore)';
      const isSecond = process.shared !== undefined;
      process.shared ??= GraphQLError;
      const failure = () => { try { readFileSync('/nowhere'); } catch (error) { return error; } };

      it('finds what every suite finds', () => {
        expect(process.shared).toBe(GraphQLError);
        expect(new GraphQLError('no')).toBeInstanceOf(Error);
        expect(failure()).toBeInstanceOf(Error);
        expect(own.asked).toBe(0);
        expect(globalThis.left).toBeUndefined();
        expect(new URL('http://county').host).toBe('county');
        expect(structuredClone(1)).toBe(1);
        expect(process.env.LEFT).toBeUndefined();
        expect(process.env.PATH).not.toBe('left');
        // What Node copies into every promise: the storage of this suite's Jest alone.
        expect(Object.getOwnPropertySymbols(executionAsyncResource()).map(String).filter(isStore)).toHaveLength(1);
        expect(Date.now()).toBeGreaterThan(1);
        own.asked = globalThis.left = 1;
        globalThis.URL = null;
        delete globalThis.structuredClone;
        process.env.LEFT = process.env.PATH = 'left';
        process.exitCode = 1;
        jest.spyOn(Date, 'now').mockReturnValue(1);
      });
      if (isSecond) it('is the second', () => {});
    `);
    expect(told).toContain('3 passed, 3 total');
  });
});
