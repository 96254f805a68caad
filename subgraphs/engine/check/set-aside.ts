import type { Problem } from '../../../runtime/yaml/problem.js';
import { type BrokenInterface, breakMapping, type FaultCause } from '../broken-interface.js';
import type { DepartmentFiles } from '../department.js';
import { type LintWorld, lintDepartment } from './lint.js';

/** Whose mistake a finding is, when it is not the mapping's own. */
const CAUSES: ReadonlyMap<string, FaultCause> = new Map([
  ['faulty-codes', 'codes'],
  ['unknown-connection', 'connection'],
  ['faulty-connection', 'connection'],
]);

/** A department whose mappings with errors stand among the broken interfaces. */
export interface JudgedDepartment extends Pick<DepartmentFiles, 'name' | 'mappings' | 'broken'> {
  /** Every finding, of files that do not parse too. */
  readonly problems: readonly Problem[];
}

/** What `check` calls an error of a mapping keeps that interface from serving, and no other. */
export function setAsideFaulty(files: DepartmentFiles, world: LintWorld): JudgedDepartment {
  const problems = lintDepartment(files, world);
  const broken: BrokenInterface[] = [...files.broken];
  const mappings = files.mappings.filter((mapping) => {
    const own = problems.filter(
      ({ severity, place }) => severity === 'error' && place.file === mapping.place.file,
    );
    const [first] = own;
    if (first === undefined) return true;
    broken.push(breakMapping(files.name, mapping, CAUSES.get(first.rule) ?? 'mapping', own));
    return false;
  });
  return { name: files.name, mappings, broken, problems };
}

/** A department none of whose interfaces can serve, for one reason. */
export function setAsideAll(
  judged: JudgedDepartment,
  files: DepartmentFiles,
  cause: FaultCause,
  problems: readonly Problem[],
): JudgedDepartment {
  const all = files.mappings.map((mapping) => breakMapping(files.name, mapping, cause, problems));
  return {
    name: files.name,
    mappings: [],
    broken: [...files.broken, ...all],
    problems: [...judged.problems, ...problems],
  };
}
