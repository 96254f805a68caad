import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildSchema } from 'graphql';
import { ACCESS_FILE, readAccessSettings } from '../../county/config/access-settings.js';
import type { Config } from '../../county/config/config.js';
import { connectionDialects } from '../../county/connection-dialects.js';
import { ownDepartments } from '../../county/counties/own-departments.js';
import { clockOf } from '../../county/county-clock.js';
import { openAdapters, openDepartments, readLegalTimes } from '../../county/open-county.js';
import { type CountyFiles, type CountySubgraph, readCounty } from '../../county/read-county.js';
import { checkPolicy } from '../../county/read-policy.js';
import { systemContext } from '../../county/system-context.js';
import { systemClock } from '../../runtime/clock.js';
import { findProjectRoot } from '../../runtime/project-root.js';
import { formatProblem, type Problem, withoutRepeats } from '../../runtime/yaml/problem.js';
import { type Composition, composeSupergraph } from '../../subgraphs/compose/compose-supergraph.js';
import { conform } from '../../subgraphs/compose/conform.js';
import { probeInterface } from '../../subgraphs/engine/check/probe.js';
import { checkSample } from '../../subgraphs/engine/check/sample.js';
import { UNOBSERVED } from '../../subgraphs/port/source-observer.js';
import { subgraphFolder } from '../../subgraphs/subgraph-folder.js';
import { addFilesAlso, type OpenedCounty, readAddition } from '../also/add-also.js';
import { openConfig } from '../demo/county-of.js';
import { readingConfig } from '../demo/reading-config.js';
import { CommandFailure, EXIT, type ExitCode } from '../exit-code.js';
import type { CheckOptions } from '../verbs/verb-bodies.js';
import type { VerbIo } from '../verbs/verb-io.js';
import { observingCost } from './observing-cost.js';
import { rejectedDrops } from './rejected-drops.js';

/** The longest that one interface's probe takes. */
const PROBE_BUDGET_MS = 30_000;

/** The four checks, alone or together; prints every finding with its place. */
export async function checkCounty(options: CheckOptions, io: VerbIo): Promise<ExitCode> {
  const project = findProjectRoot();
  const opened =
    (await openConfig(options, io.environment)) ??
    (await addFilesAlso(project, readAddition(project, options.alsoFile, io.environment)));
  try {
    return await checkWith({ ...opened, options, io });
  } finally {
    await opened.close();
  }
}

interface Checking extends Pick<OpenedCounty, 'root' | 'problems' | 'shown'> {
  /** Null: no source is configured. */
  readonly config: Config | null;
  readonly options: CheckOptions;
  readonly io: VerbIo;
}

async function checkWith(checking: Checking): Promise<ExitCode> {
  const { root, config, options, io } = checking;
  const dialects = config === null ? null : connectionDialects(config);
  const county = readCounty(root, (name) => (isOwn(name, config) ? dialects : null), {
    withUnnamed: true,
    ...config?.gateway.deadline,
  });
  const checked = chooseDepartments(county, options.department);
  const written = [
    ...checking.problems,
    ...writtenProblems(county, checked, options),
    ...(config === null ? [] : [...config.faults.values()].flat()),
  ];
  const isSound = written.every(({ severity }) => severity !== 'error');
  if (isSound && options.kinds.includes('conform')) {
    const composition = composeSupergraph(root);
    written.push(...conform(root, composition), ...policyProblems(composition, checking));
  }
  const live = await checkLive(checked, county, checking);
  const problems = withoutRepeats([...written, ...live.problems].map(checking.shown));
  for (const problem of problems) io.say(formatProblem(problem));
  if (options.kinds.includes('probe') && config === null) {
    io.say(
      '未配置数据源，跳过 probe。No sources are configured, so probe was left out: run `npm start` once or give --config.',
    );
  }
  if (options.kinds.includes('probe') && config !== null) {
    const mappings = checked
      .filter(({ name }) => isOwn(name, config))
      .flatMap(({ department }) => department?.mappings ?? []);
    for (const line of observingCost(mappings, options.department !== null)) io.say(line);
  }
  const errors = problems.filter(isError).length;
  const warnings = problems.filter(({ severity }) => severity === 'warning').length;
  io.say(`${checked.length} departments, ${errors} errors, ${warnings} warnings`);
  if (written.some(isError)) return EXIT.findings;
  if (!live.reachable) return EXIT.unreachable;
  return errors > 0 ? EXIT.findings : EXIT.ok;
}

/** What the policy says must fit the graph; the house's own, or that of the `access.yaml` beside the connections. */
function policyProblems(composition: Composition, { root, options, io }: Checking): readonly Problem[] {
  if (composition.kind === 'refused') return [];
  const beside = options.configFile === null ? null : join(dirname(options.configFile), ACCESS_FILE);
  const policyFile =
    beside !== null && existsSync(beside)
      ? readingConfig(() => readAccessSettings(beside, io.environment)).policyFile
      : null;
  const { files } = composition;
  const types = Object.keys(buildSchema(files.get(join('schema', 'api.graphql')) ?? '').getTypeMap());
  return checkPolicy(root, policyFile, types);
}

/** The sources of other departments are no business of this hub. */
function isOwn(name: string, config: Config | null): boolean {
  return ownDepartments(config?.gateway.departments ?? null)(name);
}

function isError({ severity }: Problem): boolean {
  return severity === 'error';
}

function chooseDepartments({ subgraphs }: CountyFiles, wanted: string | null): readonly CountySubgraph[] {
  const departments = subgraphs.filter(({ department }) => department !== null);
  const chosen = departments.filter(({ name }) => wanted === null || name === wanted);
  if (chosen.length > 0) return chosen;
  throw new CommandFailure(
    EXIT.usage,
    `没有部门 ${JSON.stringify(wanted)}。Cannot check: the department must be one of ${departments.map(({ name }) => name).join(', ')}, but is ${JSON.stringify(wanted)}.`,
  );
}

/** What is wrong in files: errors always, because they leave interfaces out of the other checks. */
function writtenProblems(
  { codes, listing }: CountyFiles,
  checked: readonly CountySubgraph[],
  { department, kinds }: CheckOptions,
): Problem[] {
  const elsewhere = [...listing.faults]
    .filter(([name]) => department !== null && name !== department)
    .flatMap(([, problems]) => problems);
  const lists = [...codes.faultyLists].filter(
    ([name]) => department === null || name.startsWith(`${department}/`) || name.startsWith('county/'),
  );
  return [
    ...listing.problems.filter((problem) => !elsewhere.includes(problem)),
    ...lists.flatMap(([, problems]) => problems),
    ...checked.flatMap(({ problems }) => problems),
  ].filter((problem) => isError(problem) || kinds.includes('lint'));
}

async function checkLive(
  checked: readonly CountySubgraph[],
  { codes, canonical }: CountyFiles,
  { root, options, config }: Checking,
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
    ...readLegalTimes(root, canonical),
  };
  const problems: Problem[] = [];
  let reachable = true;
  try {
    const departments = openDepartments(checked, adapters, environment);
    if (config !== null && options.kinds.includes('probe')) {
      const own = departments.filter(({ name }) => isOwn(name, config));
      const compiled = own.flatMap((department) => department.served.map((each) => each.compiled));
      problems.push(...(await rejectedDrops(compiled, adapters)));
    }
    for (const department of departments) {
      for (const served of department.served) {
        if (options.kinds.includes('sample')) {
          problems.push(...checkSample(served.compiled, join(root, subgraphFolder(department.name)), root));
        }
        const isProbed = options.kinds.includes('probe') && isOwn(department.name, config);
        if (config === null || !isProbed) continue;
        const found = await probeInterface(
          served,
          systemContext(clock, 'probe', PROBE_BUDGET_MS),
          department.served,
        );
        problems.push(...found.problems);
        reachable = reachable && found.reachable;
      }
    }
  } finally {
    await Promise.all([...adapters.values()].map((adapter) => adapter.close()));
  }
  return { problems, reachable };
}
