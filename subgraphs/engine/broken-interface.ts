import { createHash } from 'node:crypto';
import { publicReason } from '../../runtime/errors.js';
import { nearestWord } from '../../runtime/nearest-word.js';
import { parsePlacedYaml } from '../../runtime/yaml/placed-yaml.js';
import { formatProblem, type Problem } from '../../runtime/yaml/problem.js';
import type { InterfaceInfo } from '../feed/feed.js';
import { unknownInfo } from '../feed/unknown-info.js';
import { KINDS, type Kind } from '../kinds/kinds.js';
import { type InterfaceOutcome, missingOutcome } from '../port/interface-outcome.js';
import { unreadFacet, unreadRowFacet } from './compile/describe-facet.js';
import type { InterfaceMapping } from './mapping/mapping.js';
import { matchedFacetOf } from './mapping/matched-facet.js';

/** Whose mistake keeps an interface from serving; callers may know this much. */
const CAUSES = {
  mapping: '映射文件有误。Its mapping has errors.',
  codes: '代码表有误。Its code list has errors.',
  schema: '部门的 schema.graphql 有误。The schema.graphql of its department has errors.',
  connection: '数据源连接未配置，或配置有误。Its connection is not configured, or wrongly.',
  entry: 'rover.yaml 与部门文件夹不一致。rover.yaml and the folders of departments disagree.',
} as const;

/** `elsewhere`: nobody's mistake, it is answered by another hub. */
export type FaultCause = keyof typeof CAUSES | 'elsewhere';

/** An interface whose files cannot be used: it takes part in every answer as MISSING, with the reason. */
export interface BrokenInterface {
  readonly info: InterfaceInfo;
  /** Where its rows would hang; null when its file does not tell. */
  readonly facet: string | null;
  /** The interface whose rows it would complete. */
  readonly of: string | null;
  readonly cause: FaultCause;
  /** At least one error. */
  readonly problems: readonly Problem[];
}

/** For the log: the problems, each with its place. */
export class InterfaceBroken extends Error {
  override readonly name = 'InterfaceBroken';

  constructor({ info, problems }: BrokenInterface) {
    super(`${info.name}: ${problems.map(formatProblem).join('\n')}`);
    // A person's mistake in a file has no place in the program.
    this.stack = `${this.name}: ${this.message}`;
  }
}

export function brokenOutcome({ info, cause }: Pick<BrokenInterface, 'info' | 'cause'>): InterfaceOutcome {
  if (cause === 'elsewhere') return missingOutcome(info, 'INTERFACE_ELSEWHERE', 0);
  const reason = publicReason('INTERFACE_MISCONFIGURED', CAUSES[cause]);
  return { ...missingOutcome(info, 'INTERFACE_MISCONFIGURED', 0), reason };
}

/** A department of which nothing but its composed SDL is known: one stand-in for each kind that the SDL has. */
export function breakDepartment(
  department: string,
  kinds: readonly Kind[],
  problems: readonly Problem[],
): readonly BrokenInterface[] {
  const standIns: readonly (Kind | null)[] = kinds.length === 0 ? [null] : kinds;
  return standIns.map((kind) => ({
    info: unknownInfo(department, {
      name: `${department}.${kind?.toLowerCase() ?? 'interfaces'}`,
      title: department,
      kind,
    }),
    facet: null,
    of: null,
    cause: 'entry',
    problems,
  }));
}

/** A mapping that parses and has errors all the same. */
export function breakMapping(
  department: string,
  mapping: InterfaceMapping,
  cause: FaultCause,
  problems: readonly Problem[],
): BrokenInterface {
  const info = unknownInfo(department, {
    name: nameInFolder(department, mapping.place.file),
    title: mapping.title,
    kind: mapping.feeds ?? null,
  });
  const lookupOnly = (mapping.source.object.needs?.length ?? 0) > 0;
  return {
    info: {
      ...info,
      lookupOnly,
      ...matchedFacetOf(mapping),
      ...facetInfo(mapping.facet, mapping.feeds ?? null),
    },
    facet: mapping.facet ?? null,
    of: mapping.of ?? null,
    cause,
    problems,
  };
}

/** A mapping file that does not parse: its text most likely still tells what it was to be. */
export function breakFile(
  department: string,
  file: string,
  text: string,
  problems: readonly Problem[],
): BrokenInterface {
  const { guess } = parsePlacedYaml(text, file);
  const keys =
    typeof guess === 'object' && guess !== null ? (guess as Readonly<Record<string, unknown>>) : {};
  const word = (key: string): string | null => {
    const found = keys[key];
    return typeof found === 'string' ? found : wordInText(text, key);
  };
  const kind = guessKind(word('feeds'), text);
  const name = nameInFolder(department, file);
  const facet = word('facet') ?? (kind === null || kind === 'Subject' ? null : `${kind}.${department}`);
  return {
    info: {
      ...unknownInfo(department, { name, title: word('title') ?? name, kind }),
      ...facetInfo(facet, kind),
    },
    facet,
    of: word('of'),
    cause: 'mapping',
    problems,
  };
}

function facetInfo(
  path: string | null | undefined,
  kind: Kind | null,
): Pick<InterfaceInfo, 'facet' | 'rowFacet'> {
  const [facet, rowFacet] = [unreadFacet(path), unreadRowFacet(path, kind)];
  return { ...(facet !== null && { facet }), ...(rowFacet !== null && { rowFacet }) };
}

const INTERFACE_NAME = /^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/;

/** Interfaces are called after their department and file, whatever a wrong file says: names stay unique. */
function nameInFolder(department: string, file: string): string {
  const base = file.slice(file.lastIndexOf('/') + 1).replace(/\.ya?ml$/, '');
  const name = `${department}.${base}`;
  if (INTERFACE_NAME.test(name)) return name;
  return `${department}.file-${createHash('sha256').update(base).digest('hex').slice(0, 6)}`;
}

function wordInText(text: string, key: string): string | null {
  return new RegExp(`^${key}\\s*[:：]\\s*["']?([^"'\\s#]+)`, 'm').exec(text)?.[1] ?? null;
}

/** By what `feeds` says, else by any key at the margin whose value is a kind: `fedes: Inspection`. */
function guessKind(said: string | null, text: string): Kind | null {
  const values =
    said === null ? [...text.matchAll(/^\w+\s*[:：]\s*(\w+)\s*$/gm)].map((match) => match[1] ?? '') : [said];
  const near = values.map((value) => nearestWord(value, KINDS)).find((kind) => kind !== null);
  return KINDS.find((kind) => kind === near) ?? null;
}
