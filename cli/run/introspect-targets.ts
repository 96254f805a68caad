import { readFileSync } from 'node:fs';
import { errorCodeOf } from '../../runtime/error-code.js';
import { parsePlacedYaml } from '../../runtime/yaml/placed-yaml.js';
import { formatProblem } from '../../runtime/yaml/problem.js';
import { describeYamlIssues, syntaxProblems } from '../../runtime/yaml/yaml-problems.js';
import { type SourceText, sourceGrammar } from '../../subgraphs/engine/mapping/source-grammar.js';
import { CommandFailure, EXIT } from '../exit-code.js';
import type { IntrospectOptions } from '../verbs/verb-bodies.js';

/** Where headings may stand: the first row, below a title, stacked. In the order in which they are tried. */
const HEADERS = [
  { row: 1, rows: 1 },
  { row: 2, rows: 1 },
  { row: 1, rows: 2 },
  { row: 2, rows: 2 },
  { row: 3, rows: 1 },
  { row: 3, rows: 2 },
] as const;

/**
 * What the words of the command line mean for this kind of connection; several where a guess is needed.
 *
 * @throws {CommandFailure} when they mean nothing.
 */
export function introspectTargets(
  dialect: string,
  { connection, object, sourceFile }: Pick<IntrospectOptions, 'connection' | 'object' | 'sourceFile'>,
): readonly SourceText[] {
  if (sourceFile !== null) return [readSourceFile(sourceFile, connection)];
  if (object === null) throw usage('either an object or --source FILE must be given, but neither is');
  switch (dialect) {
    case 'soap':
      throw usage(
        'an operation needs its template: write the soap block of a mapping (without rows) and give it by --source FILE',
      );
    case 'files':
      return HEADERS.map((header) => ({ connection, file: { match: object, header } }));
    case 'rest':
    case 'if1':
    case 'if2':
      return [{ connection, http: readEndpoint(object) }];
    default:
      return [{ connection, table: object }];
  }
}

/** `/api/v1/tickets?pageNum=1`: the query becomes fixed parameters, of which a person makes the right ones. */
function readEndpoint(text: string): NonNullable<SourceText['http']> {
  const [path = '', query = ''] = text.split('?', 2);
  if (!path.startsWith('/'))
    throw usage(`a path such as /api/v1/tickets must be given, but ${JSON.stringify(text)} is`);
  const fixed = Object.fromEntries(new URLSearchParams(query));
  return { path, ...(query !== '' && { fixed }) };
}

function readSourceFile(file: string, connection: string): SourceText {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw usage(`${file} must be readable, but is not (${errorCodeOf(error) ?? 'unreadable'})`);
  }
  const yaml = parsePlacedYaml(text, file);
  if (yaml.errors.length > 0) throw usage(syntaxProblems(yaml).map(formatProblem).join('\n'));
  const value = typeof yaml.value === 'object' && yaml.value !== null ? yaml.value : {};
  const decoded = sourceGrammar.safeParse({ ...value, connection }, { reportInput: true });
  if (decoded.success) return decoded.data;
  throw usage(describeYamlIssues(decoded.error.issues, yaml, sourceGrammar).map(formatProblem).join('\n'));
}

function usage(reason: string): CommandFailure {
  return new CommandFailure(EXIT.usage, `Cannot introspect: ${reason}.`);
}
