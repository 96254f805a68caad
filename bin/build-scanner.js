// Compiles the scanner of replies (gateway/bytes/scan, AssemblyScript) into dist/scanner.wasm, if its sources have changed.
const { createHash } = require('node:crypto');
const { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { spawnSync } = require('node:child_process');

const root = join(__dirname, '..');
const folder = join(root, 'gateway', 'bytes');
const built = join(root, 'dist', 'scanner.wasm');
/** Says which sources it was built from. */
const stamp = join(root, 'dist', '.scanner-sources');

const OPTIONS = [
  ...['--runtime', 'stub'],
  ...['--enable', 'simd,bulk-memory'],
  ...['--initialMemory', '1'],
  '-O3',
  '--noAssert',
];

const sources = [
  join(folder, 'layout.ts'),
  ...readdirSync(join(folder, 'scan'))
    .sort()
    .map((name) => join(folder, 'scan', name)),
];
const hash = createHash('sha256').update(OPTIONS.join(' '));
for (const source of sources) hash.update(readFileSync(source));
const key = hash.digest('hex');

if (!existsSync(built) || !existsSync(stamp) || readFileSync(stamp, 'utf8') !== key) {
  mkdirSync(join(root, 'dist'), { recursive: true });
  const fresh = `${built}.${process.pid}`;
  const compiler = require.resolve('assemblyscript/bin/asc.js');
  const entry = join('gateway', 'bytes', 'scan', 'scan.ts');
  const { status } = spawnSync(process.execPath, [compiler, entry, '--outFile', fresh, ...OPTIONS], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status === 0) {
    // Whoever reads it sees the old one or the new one.
    renameSync(fresh, built);
    writeFileSync(stamp, key);
  }
  process.exitCode = status === null ? 1 : status;
}
