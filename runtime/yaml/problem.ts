import type { Place } from './placed-yaml.js';

/** One finding about a mapping, an SDL or a source; what `check` prints. */
export interface Problem {
  /** Stable name of the rule, e.g. `unknown-key`, `column-missing`. */
  readonly rule: string;
  /** A note asks for nothing to be done. */
  readonly severity: 'error' | 'warning' | 'note';
  readonly place: Place;
  /** What must hold and what is, Chinese. */
  readonly zh: string;
  /** The same in English. */
  readonly en: string;
}

function formatPlace({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`;
}

export function formatProblem(problem: Problem): string {
  return `${formatPlace(problem.place)}: ${problem.severity} ${problem.rule}: ${problem.zh} ${problem.en}`;
}

/** Each finding once: a mistake may be found on several ways. */
export function withoutRepeats(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [formatProblem(problem), problem])).values()];
}

/** A mapping that cannot be used. */
export class MappingError extends Error {
  override readonly name = 'MappingError';
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'));
  }
}
