import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Installs what the lockfile beside this file names, from the npm registry, unless it is there already. */
export function installCompetitors() {
  const { dependencies } = readManifest('package.json');
  const missing = Object.entries(dependencies).some(
    ([name, version]) => installedVersionOf(name) !== version,
  );
  if (!missing) return;
  console.log('Installing the other gateways into bench/competitors/node_modules (about 700 MB) …');
  const words = ['ci', '--prefix', here, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, error } = spawnSync('npm', words, { stdio: 'inherit' });
  if (status !== 0) throw error ?? new Error(`Cannot install the other gateways: npm ended with ${status}`);
}

/** @param {string} name @returns {string | null} */
function installedVersionOf(name) {
  try {
    return readManifest(`node_modules/${name}/package.json`).version;
  } catch {
    return null;
  }
}

/** @param {string} path */
function readManifest(path) {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
}
