#!/usr/bin/env node
import { existsSync } from 'node:fs';

const main = new URL('../dist/cli/main.js', import.meta.url);
if (existsSync(main)) {
  await import(main.href);
} else {
  process.stderr.write('程序尚未编译，请先运行 npm run build。Not built yet: run `npm run build` first.\n');
  process.exitCode = 2;
}
