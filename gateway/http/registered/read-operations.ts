import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  validate,
} from 'graphql';
import { errorCodeOf } from '../../../runtime/error-code.js';
import type { Problem } from '../../../runtime/yaml/problem.js';
import { readTextFile } from '../../../runtime/yaml/read-text-file.js';
import { documentIdOf } from '../../execute/document-id.js';
import { isOperation } from '../../plan/document-parts.js';
import { type DocumentLimits, exceedTextLimits, exceedWritten } from '../limits/judge-document.js';
import { createMeasure, exceedLimits } from '../operation-limits.js';

/** An operation that was laid down beforehand: valid, and within the limits. */
export interface RegisteredOperation {
  /** Its file's, without `.graphql`. */
  readonly name: string;
  /** SHA-256 of its text, hexadecimal. */
  readonly hash: string;
  readonly query: string;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

interface ReadOperations {
  readonly operations: readonly RegisteredOperation[];
  /** What is wrong with the other files. */
  readonly problems: readonly Problem[];
}

const FILE = /\.graphql$/;
/** What may stand in an address as it is. */
const NAME = /^[A-Za-z0-9][\w.-]{0,127}$/;

/** Reads every `.graphql` file of a folder: one operation each. One that cannot be used costs the others nothing. */
export function readOperations(
  folder: string,
  schema: GraphQLSchema,
  limits: DocumentLimits,
): ReadOperations {
  let files: readonly string[];
  try {
    files = readdirSync(folder).filter((file) => FILE.test(file));
  } catch (error) {
    const code = errorCodeOf(error) ?? String(error);
    const zh = `无法读取已登记查询的文件夹（${code}）。`;
    const en = `The folder of registered operations must be readable, but is not (${code}).`;
    return { operations: [], problems: [problemAt(folder, 'unreadable', { zh, en })] };
  }
  const read = files.toSorted().map((file) => readOperation(join(folder, file), file, schema, limits));
  return {
    operations: read.flatMap((one) => ('hash' in one ? [one] : [])),
    problems: read.flatMap((one) => ('hash' in one ? [] : one)),
  };
}

function readOperation(
  path: string,
  file: string,
  schema: GraphQLSchema,
  limits: DocumentLimits,
): RegisteredOperation | readonly Problem[] {
  const name = file.replace(FILE, '');
  if (!NAME.test(name)) {
    const zh = '文件名只能由字母、数字和 . _ - 组成。';
    return [
      problemAt(path, 'invalid-name', { zh, en: 'The name must be of letters, digits and . _ - alone.' }),
    ];
  }
  const found = readTextFile(path, path);
  if (found.kind === 'problem') return [found.problem];
  const query = found.text;
  const document = parseWithin(query, limits);
  if (document instanceof GraphQLError) return [graphqlProblem(path, document)];
  const mistakes = validate(schema, document);
  if (mistakes.length > 0) return mistakes.map((mistake) => graphqlProblem(path, mistake));
  const [operation, ...others] = document.definitions.filter(isOperation);
  if (
    operation === undefined ||
    others.length > 0 ||
    operation.operation === OperationTypeNode.SUBSCRIPTION
  ) {
    const zh = '文件须恰有一个 query 或 mutation。';
    const en = 'The file must have exactly one operation, a query or a mutation.';
    return [problemAt(path, 'not-one-operation', { zh, en })];
  }
  const beyond = exceedLimits(createMeasure(document)(operation), limits);
  if (beyond !== null) return [graphqlProblem(path, beyond)];
  return { name, hash: documentIdOf(query), query, document, operation };
}

function parseWithin(query: string, limits: DocumentLimits): DocumentNode | GraphQLError {
  const beyond = exceedTextLimits(query, limits);
  if (beyond !== null) return beyond;
  try {
    const document = parse(query, { maxTokens: limits.tokens });
    return exceedWritten(document, limits) ?? document;
  } catch (error) {
    return error instanceof GraphQLError ? error : new GraphQLError(String(error));
  }
}

function graphqlProblem(file: string, { message, locations }: GraphQLError): Problem {
  const [{ line, column } = { line: 1, column: 1 }] = locations ?? [];
  const problem = problemAt(file, 'registered-operation', {
    zh: '已登记的查询不能使用。',
    en: `Cannot register the operation: ${message}`,
  });
  return { ...problem, place: { file, line, column } };
}

function problemAt(file: string, rule: string, { zh, en }: Pick<Problem, 'zh' | 'en'>): Problem {
  return { rule, severity: 'error', place: { file, line: 1, column: 1 }, zh, en };
}
