// Asks the registry for known weaknesses of production packages, and of those built into the console's page:
// `npm run audit:dependencies`, after `npm run build`. Ends with 0 when it knows of
// none, 1 when it knows of some, 3 when it was not asked because it does not answer.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readBundled, readProduction } from './production-lock.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const AUDIT = ['audit', '--package-lock-only', '--json', '--fetch-retries=0', '--fetch-timeout=30000'];
const EXIT = { known: 1, notAsked: 3 };

function audit() {
  const { manifest, lock } = readProduction(
    ROOT,
    readBundled(process.argv[2] ?? join(ROOT, 'dist', 'console')),
  );
  const folder = mkdtempSync(join(tmpdir(), 'enforcement-audit-'));
  try {
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
    const { stdout, error } = spawnSync('npm', AUDIT, { cwd: folder, encoding: 'utf8' });
    if (error !== undefined) return { message: error.message };
    return readAnswer(stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** npm answers with a report, or with an object that has a message, or, when it crashes, with neither. */
function readAnswer(text) {
  try {
    return JSON.parse(text);
  } catch {
    return { message: 'npm audit gave no report' };
  }
}

function say(zh, en) {
  process.stdout.write(`${zh}${en}\n`);
}

const { vulnerabilities, metadata, message, error } = audit();
if (metadata === undefined || vulnerabilities === undefined) {
  // The registry's address is not repeated: reports are passed on.
  const reason = String(message ?? error?.summary ?? 'no answer').replace(/https?:\/\/\S+/g, '<registry>');
  say('未查询：软件包仓库没有应答。', `Not asked: the registry does not answer (${reason}).`);
  process.exitCode = EXIT.notAsked;
} else {
  const known = Object.values(vulnerabilities);
  for (const { name, severity, via } of known) {
    const titles = via.map((cause) => (typeof cause === 'string' ? cause : `${cause.title} ${cause.url}`));
    process.stdout.write(`${severity} ${name}: ${titles.join('; ')}\n`);
  }
  say(
    `已查询 ${metadata.dependencies.prod} 个软件包，已知 ${known.length} 个有弱点。`,
    `Asked for ${metadata.dependencies.prod} packages; weaknesses are known of ${known.length}.`,
  );
  if (known.length > 0) process.exitCode = EXIT.known;
}
