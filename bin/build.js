// Compiles where the compiler is installed; without development packages, what was compiled before serves.
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { spawnSync } = require('node:child_process');

const root = join(__dirname, '..');

function isInstalled(name) {
  try {
    require.resolve(`${name}/package.json`, { paths: [root] });
    return true;
  } catch {
    return false;
  }
}

if (isInstalled('typescript')) {
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit' });
  process.exitCode = status === null ? 1 : status;
} else if (!existsSync(join(root, 'dist', 'cli', 'main.js'))) {
  // Not a failure: `npm ci --omit=dev` may come before dist/ is copied here.
  const zh = '未安装编译器，也没有 dist/：请复制已编译的 dist/，或运行 npm ci && npm run build。';
  const en =
    'Not built: neither the compiler nor dist/ is here; copy a built dist/, or run `npm ci && npm run build`.';
  process.stderr.write(`${zh}${en}\n`);
}
