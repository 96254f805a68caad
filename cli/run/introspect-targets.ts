import { readFileSync } from 'node:fs';
import { kindOfDialect } from '../../adapters/kinds.js';
import { errorCodeOf } from '../../runtime/error-code.js';
import { parsePlacedYaml } from '../../runtime/yaml/placed-yaml.js';
import { formatProblem } from '../../runtime/yaml/problem.js';
import { describeYamlIssues, syntaxProblems } from '../../runtime/yaml/yaml-problems.js';
import { type SourceText, sourceGrammar } from '../../subgraphs/engine/mapping/source-grammar.js';
import { CommandFailure, EXIT } from '../exit-code.js';
import type { IntrospectOptions } from '../verbs/verb-bodies.js';

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
  const kind = kindOfDialect(dialect);
  if (kind === null) throw usage(`the dialect ${dialect} must be that of an adapter kind, but is not`);
  const guess = kind.guessBlocks(object);
  if (guess.kind === 'refused') throw usage(guess.reason);
  return guess.blocks.map((block) => ({ connection, [kind.block]: block }));
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
  if ('source' in value) {
    throw usage(
      `${file} must hold the block table, http, soap or file at its top, as it stands within source, but holds source`,
      `文件应直接以 table、http、soap 或 file 开头，不带 source`,
    );
  }
  const decoded = sourceGrammar.safeParse({ ...value, connection }, { reportInput: true });
  if (decoded.success) return decoded.data;
  throw usage(describeYamlIssues(decoded.error.issues, yaml, sourceGrammar).map(formatProblem).join('\n'));
}

function usage(reason: string, zh = ''): CommandFailure {
  return new CommandFailure(
    EXIT.usage,
    `无法起草映射${zh === '' ? '' : `：${zh}`}。Cannot introspect: ${reason.replace(/\.$/, '')}.`,
  );
}
