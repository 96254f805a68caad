import { readFileSync } from 'node:fs';
import type { DropState } from '../../adapters/file/file-object.js';
import type { Config } from '../../county/config/config.js';
import { dropConnections } from '../../county/open-connection.js';
import { withCounty } from '../../county/with-county.js';
import { withConfig } from '../demo/county-of.js';
import { CommandFailure, EXIT, type ExitCode } from '../exit-code.js';
import type { DropsOptions } from '../verbs/verb-bodies.js';
import type { VerbIo } from '../verbs/verb-io.js';

/** Prints what serves of the dropped files and what was rejected, or one report. */
export function showDrops(options: DropsOptions, io: VerbIo): Promise<ExitCode> {
  return withConfig(options, io.environment, async ({ config, root }) => {
    const states = await readStates(config, root);
    return options.report === null ? list(states, io) : printReport(states, options.report, io);
  });
}

function readStates(config: Config, root: string): Promise<readonly DropState[]> {
  return withCounty(config, root, async (county) => {
    await Promise.all(dropConnections(county.adapters).map((connection) => connection.settle()));
    return county.drops();
  });
}

function list(states: readonly DropState[], io: VerbIo): ExitCode {
  for (const { interface: name, serving, rejection, passedOver } of states) {
    io.say(
      serving === null
        ? `${name}: 尚无文件 no file yet`
        : `${name}: ${serving.file}, ${serving.rows} 行 rows, ${serving.received}`,
    );
    for (const note of serving?.notes ?? []) io.say(`  ${note}`);
    for (const { file, modified } of passedOver) {
      io.say(
        `  未采用 passed over: ${file}，修改时间 ${modified} 早于正在使用的文件；如应采用，请重新保存后上传 / its time is older than that of the file in use; to have it served, save and upload it again`,
      );
    }
    if (rejection === null || rejection.isSettled) continue;
    io.say(`  拒收 rejected: ${rejection.drop.name}, ${rejection.reasons} 处 reasons: ${rejection.path}`);
    for (const example of rejection.examples) io.say(`    ${example}`);
  }
  const isAmiss = states.some(
    ({ rejection, passedOver }) => passedOver.length > 0 || (rejection !== null && !rejection.isSettled),
  );
  return isAmiss ? EXIT.findings : EXIT.ok;
}

function printReport(states: readonly DropState[], name: string, io: VerbIo): ExitCode {
  const rejection = states.find((state) => state.interface === name)?.rejection;
  if (rejection !== undefined && rejection !== null) {
    io.say(readFileSync(rejection.path, 'utf8').trimEnd());
    return EXIT.ok;
  }
  const known = states.map((state) => state.interface).join(', ');
  throw new CommandFailure(
    EXIT.usage,
    `没有 ${JSON.stringify(name)} 的拒收报告。Cannot print a report: the interface must be one with a rejected drop, of ${known}, but is ${JSON.stringify(name)}.`,
  );
}
