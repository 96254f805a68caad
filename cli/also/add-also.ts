import type { Config } from '../../county/config/config.js';
import { MappingError, type Problem } from '../../runtime/yaml/problem.js';
import { listSubgraphs } from '../../subgraphs/compose/rover-config.js';
import type { CountyConfig } from '../demo/county-config.js';
import { type Also, readAlso } from './read-also.js';
import type { TrialRoot } from './trial-root.js';

/** A county's configuration, and where its files lie. */
export interface OpenedCounty extends CountyConfig {
  /** Where `rover.yaml`, schemas and departments lie. */
  readonly root: string;
  /** What is wrong with what was added, besides what its files say of themselves. */
  readonly problems: readonly Problem[];
  /** A problem with the place that its reader knows. */
  shown(problem: Problem): Problem;
}

/**
 * Reads what `--also` adds to a county, before anything is built. Without a file nothing is added.
 *
 * @throws {MappingError} when the file has errors, or a department is in the tree already.
 */
export function readAddition(
  project: string,
  file: string | undefined,
  environment: NodeJS.ProcessEnv,
): Also | null {
  if (file === undefined) return null;
  const also = readAlso(file, environment);
  const taken = new Set(listSubgraphs(project).names ?? []);
  const twice = also.departments.filter(({ name }) => taken.has(name));
  if (twice.length > 0) throw new MappingError(twice.map(({ name }) => nameTaken(file, name)));
  return also;
}

/** As `addAlso`, where no county is configured: its files can be checked all the same. */
export async function addFilesAlso(
  project: string,
  also: Also | null,
): Promise<Pick<OpenedCounty, 'root' | 'problems' | 'shown' | 'close'> & { readonly config: null }> {
  const plain = { root: project, problems: [], shown: (problem: Problem) => problem };
  const trial = also === null ? null : await openTrial(project, also);
  return { ...plain, ...trial, config: null, close: async () => trial?.close() };
}

/** Adds connections and departments to a county; its tree stays as it is. */
export async function addAlso(
  project: string,
  county: CountyConfig,
  also: Also | null,
): Promise<OpenedCounty> {
  const plain = { root: project, problems: [], shown: (problem: Problem) => problem };
  if (also === null) return { ...plain, ...county };
  const trial = await openTrial(project, also);
  return {
    ...trial,
    config: withConnections(county.config, also),
    close: async () => {
      trial.close();
      await county.close();
    },
  };
}

/** Loads composition, which takes megabytes, for a trial alone. */
async function openTrial(project: string, { departments }: Also): Promise<TrialRoot> {
  const { openTrialRoot } = await import('./trial-root.js');
  return openTrialRoot(project, departments);
}

/** What the file says of a connection counts, also where the county has one of that name. */
function withConnections(config: Config, { connections, faults }: Also): Config {
  return {
    ...config,
    connections: new Map([...config.connections, ...connections]),
    faults: new Map([...config.faults, ...faults]),
  };
}

function nameTaken(file: string, name: string): Problem {
  return {
    rule: 'name-taken',
    severity: 'error',
    place: { file, line: 1, column: 1 },
    zh: `部门 ${name} 已在 rover.yaml 中。`,
    en: `A department that is added must not be in rover.yaml yet, but ${name} is.`,
  };
}
