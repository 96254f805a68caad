const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');

const main = join(__dirname, '..', 'dist', 'cli', 'main.js');
if (existsSync(main)) {
  import(pathToFileURL(main).href);
} else {
  process.stderr.write('程序尚未编译，请先运行 npm run build。Not built yet: run `npm run build` first.\n');
  process.exitCode = 2;
}
