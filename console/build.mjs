// Builds the console into dist/console, or leaves it as it is when nothing of it has changed: `node console/build.mjs [folder]`.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'vite';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const HERE = join(ROOT, 'console');
/** Below this, what a compressed form saves is not worth a second one. */
const LEAST_BYTES = 1024;

/** What the page is made of: its sources, the graph whose words it uses, and the versions of packages. */
function digestSources() {
  const digest = createHash('sha256');
  for (const file of [...filesIn(HERE), join(ROOT, 'schema/api.graphql'), join(ROOT, 'package-lock.json')]) {
    digest
      .update(`${relative(ROOT, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return digest.digest('hex');
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** A gateway has better things to do than compressing the same files again. */
function compress(folder) {
  for (const file of filesIn(folder)) {
    const text = readFileSync(file);
    if (text.length < LEAST_BYTES) continue;
    const quality = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
    writeFileSync(`${file}.br`, brotliCompressSync(text, { params: quality }));
    writeFileSync(`${file}.gz`, gzipSync(text, { level: 9 }));
  }
}

const folder = resolve(process.argv[2] ?? join(ROOT, 'dist', 'console'));
const stamp = join(folder, 'made-of');
const digest = digestSources();
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== digest) {
  // React has another form for developers, which is larger and slower.
  process.env.NODE_ENV = 'production';
  await build({ configFile: join(HERE, 'vite.config.mjs'), build: { outDir: folder } });
  compress(folder);
  writeFileSync(stamp, digest);
}
