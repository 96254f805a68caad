import { runCommand } from './run-command.js';
import { processIo } from './verb-io.js';
import { verbs } from './verbs.js';

process.exitCode = await runCommand(process.argv.slice(2), verbs, processIo(), (text) => {
  process.stderr.write(text);
});
