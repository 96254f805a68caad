import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'graphql';
import type { Config } from '../../county/config/config.js';
import { clockOf } from '../../county/county-clock.js';
import { openAdapters, openDepartments, readWorkingDays } from '../../county/open-county.js';
import { systemContext } from '../../county/system-context.js';
import { systemClock } from '../../runtime/clock.js';
import { findProjectRoot } from '../../runtime/project-root.js';
import { formatProblem, MappingError, type Problem } from '../../runtime/yaml/problem.js';
import { composeSupergraph } from '../../subgraphs/compose/compose-supergraph.js';
import { conform } from '../../subgraphs/compose/conform.js';
import { readRoverConfig } from '../../subgraphs/compose/rover-config.js';
import { enumsOf, lintDepartment } from '../../subgraphs/engine/check/lint.js';
import { probeInterface } from '../../subgraphs/engine/check/probe.js';
import { checkSample } from '../../subgraphs/engine/check/sample.js';
import { type DepartmentFiles, readDepartment } from '../../subgraphs/engine/department.js';
import { UNOBSERVED } from '../../subgraphs/port/source-observer.js';
import { HUB, subgraphFolder } from '../../subgraphs/subgraph-folder.js';
import { type CodeFolder, loadCodeLists } from '../../subgraphs/values/codes/code-lists.js';
import { openConfig } from '../demo/county-of.js';
import { CommandFailure, EXIT, type ExitCode } from '../exit-code.js';
import type { CheckOptions } from '../verbs/verb-bodies.js';
import type { VerbIo } from '../verbs/verb-io.js';

/** The longest that one interface's probe takes. */
const PROBE_BUDGET_MS = 30_000;

/** The four checks, alone or together; prints every finding with its place. */
export async function checkCounty(options: CheckOptions, io: VerbIo): Promise<ExitCode> {
  const opened = await openConfig(options.configFile, io.environment);
  try {
    return await checkWith(opened?.config ?? null, options, io);
  } finally {
    await opened?.close();
  }
}

async function checkWith(config: Config | null, options: CheckOptions, io: VerbIo): Promise<ExitCode> {
  const root = findProjectRoot();
  const names = readRoverConfig(join(root, 'rover.yaml'))
    .map(({ name }) => name)
    .filter((name) => name !== HUB);
  if (options.department !== null && !names.includes(options.department)) {
    throw new CommandFailure(
      EXIT.usage,
      `Cannot check: the department must be one of ${names.join(', ')}, but is ${JSON.stringify(options.department)}.`,
    );
  }
  const wanted = names.filter((name) => options.department === null || name === options.department);
  const files = names.map((name) => readDepartment(root, name));
  const checked = files.filter(({ name }) => wanted.includes(name));
  const problems: Problem[] = [];
  const codes = readCodes(root, files, problems);
  if (codes !== null && options.kinds.includes('lint')) {
    const enums = enumsFor(root, files);
    const connections =
      config === null ? null : new Map([...config.connections].map(([name, { dialect }]) => [name, dialect]));
    for (const department of checked) {
      problems.push(...lintDepartment(department, { codeLists: codes.codeLists, enums, connections }));
    }
  }
  const sound = problems.every(({ severity }) => severity !== 'error');
  if (sound && options.kinds.includes('conform')) problems.push(...conform(root, composeSupergraph(root)));
  let reachable = true;
  if (sound && codes !== null) {
    const live = await checkLive(root, options, config, checked, codes);
    problems.push(...live.problems);
    reachable = live.reachable;
  }
  for (const problem of problems) io.say(formatProblem(problem));
  if (options.kinds.includes('probe') && config === null) {
    io.say(
      '未配置数据源，跳过 probe。No sources are configured, so probe was left out: run `npm start` once or give --config.',
    );
  }
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  io.say(`${checked.length} departments, ${errors} errors, ${problems.length - errors} warnings`);
  if (!reachable) return EXIT.unreachable;
  return errors > 0 ? EXIT.findings : EXIT.ok;
}

function enumsFor(root: string, files: readonly DepartmentFiles[]): ReturnType<typeof enumsOf> {
  const canonical = parse(readFileSync(join(root, 'schema', 'canonical.graphql'), 'utf8'));
  return enumsOf(canonical, ...files.map(({ document }) => document));
}

function readCodes(root: string, files: readonly DepartmentFiles[], problems: Problem[]): CodeFolder | null {
  try {
    return loadCodeLists(join(root, 'schema', 'codes'), enumsFor(root, files), root);
  } catch (error) {
    if (!(error instanceof MappingError)) throw error;
    problems.push(...error.problems);
    return null;
  }
}

async function checkLive(
  root: string,
  options: CheckOptions,
  config: Config | null,
  files: readonly DepartmentFiles[],
  codes: CodeFolder,
): Promise<{ readonly problems: readonly Problem[]; readonly reachable: boolean }> {
  const clock = config === null ? systemClock : clockOf(config);
  const adapters = openAdapters(config?.connections ?? new Map());
  // Without a county no person's number is to be found again, so any key does for golden rows.
  const personKey = config?.personKey.reveal() ?? 'samples';
  const environment = {
    ...codes,
    personKey,
    clock,
    observer: UNOBSERVED,
    workingDays: readWorkingDays(root),
  };
  const problems: Problem[] = [];
  let reachable = true;
  try {
    for (const department of openDepartments(files, adapters, environment)) {
      for (const served of department.served) {
        if (options.kinds.includes('sample')) {
          problems.push(...checkSample(served.compiled, join(root, subgraphFolder(department.name)), root));
        }
        if (config === null || !options.kinds.includes('probe')) continue;
        const found = await probeInterface(served, systemContext(clock, 'probe', PROBE_BUDGET_MS));
        problems.push(...found.problems);
        reachable = reachable && found.reachable;
      }
    }
  } finally {
    await Promise.all([...adapters.values()].map((adapter) => adapter.close()));
  }
  return { problems, reachable };
}
