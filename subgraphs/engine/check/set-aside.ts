import type { Problem } from '../../../runtime/yaml/problem.js';
import { unknownInfo } from '../../feed/unknown-info.js';
import { ROW_KINDS } from '../../kinds/kinds.js';
import { type BrokenInterface, breakMapping, type FaultCause } from '../broken-interface.js';
import type { DepartmentFiles } from '../department.js';
import { objectTypes } from '../mapping/facet-path.js';
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
  return { name: files.name, mappings, broken: broken.map(kindGuesser(files)), problems };
}

/** A file that tells nothing most likely fed the kind to which the SDL has a facet and nobody else's rows. */
function kindGuesser({
  name,
  document,
  mappings,
  broken,
}: DepartmentFiles): (one: BrokenInterface) => BrokenInterface {
  const types = document === null ? null : objectTypes(document);
  const fed = new Set([...mappings.map(({ feeds }) => feeds), ...broken.map(({ info }) => info.kind)]);
  const unfed = ROW_KINDS.find((kind) => types?.has(kind) === true && !fed.has(kind));
  return (one) => {
    if (unfed === undefined || one.info.kind !== null || one.facet !== null) return one;
    return { ...one, info: unknownInfo(name, { ...one.info, kind: unfed }) };
  };
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
