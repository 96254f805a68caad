import type { Problem } from '../../runtime/yaml/problem.js';

/** Where in a configuration file something is wrong; counted from 1. */
interface ConfigPlace {
  readonly line: number;
  readonly column: number;
}

export interface ConfigProblem {
  readonly place: ConfigPlace;
  readonly message: string;
}

/** The configuration cannot be used; the message lists every problem with its place. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly ConfigProblem[];

  /** @param file the file's path as the operator named it. */
  constructor(file: string, problems: readonly ConfigProblem[], options?: ErrorOptions) {
    super(
      problems.map(({ place, message }) => `${file}:${place.line}:${place.column}: ${message}`).join('\n'),
      options,
    );
    this.problems = problems;
  }
}

/** As `ConfigError`, of problems that have both languages. */
export function configErrorOf(file: string, problems: readonly Problem[]): ConfigError {
  return new ConfigError(
    file,
    problems.map(({ place, zh, en }) => ({ place, message: `${zh} ${en}` })),
  );
}
