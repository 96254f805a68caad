import { nearestWord } from '../../runtime/nearest-word.js';
import { MappingError, type Problem } from '../../runtime/yaml/problem.js';
import { breakMapping } from '../../subgraphs/engine/broken-interface.js';
import { HUB } from '../../subgraphs/subgraph-folder.js';
import { GATEWAY_FILE } from '../config/gateway-settings.js';
import type { CountySubgraph } from '../read-county.js';

/** @param names `departments` of `gateway.yaml`. @returns whether a subgraph's interfaces are this hub's own. */
export function ownDepartments(names: readonly string[] | null): (subgraph: string) => boolean {
  return (subgraph) => names === null || names.includes(subgraph);
}

/**
 * Departments whose interfaces are not this hub's own stay in the schema: their fields say that another hub answers them.
 *
 * @param names `departments` of `gateway.yaml`.
 * @throws {MappingError} on a name that is no department.
 */
export function setAsideOthers(
  subgraphs: readonly CountySubgraph[],
  names: readonly string[] | null,
): readonly CountySubgraph[] {
  const known = subgraphs.map(({ name }) => name).filter((name) => name !== HUB);
  const unknown = (names ?? []).filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new MappingError(unknown.map((name) => noDepartment(name, known)));
  const isOwn = ownDepartments(names);
  return subgraphs.map((subgraph) => {
    const { name, department } = subgraph;
    if (department === null || isOwn(name)) return subgraph;
    const aside = department.mappings.map((mapping) =>
      breakMapping(name, mapping, 'elsewhere', [notOwn(name, mapping.place)]),
    );
    return {
      ...subgraph,
      department: { ...department, mappings: [], broken: [...department.broken, ...aside] },
    };
  });
}

function notOwn(name: string, place: Problem['place']): Problem {
  return {
    rule: 'not-own',
    severity: 'warning',
    place,
    zh: `${GATEWAY_FILE} 的 departments 没有列出 ${name}。`,
    en: `departments in ${GATEWAY_FILE} does not name ${name}.`,
  };
}

function noDepartment(name: string, known: readonly string[]): Problem {
  const near = nearestWord(name, known);
  const advice = near === null ? known.join(', ') : near;
  return {
    rule: 'unknown-department',
    severity: 'error',
    place: { file: GATEWAY_FILE, line: 1, column: 1 },
    zh: `departments：没有部门“${name}”，应为 ${advice}。`,
    en: `departments must name departments of rover.yaml, such as ${advice}, but ${JSON.stringify(name)} is none.`,
  };
}
