import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, GraphQLError, print, validate } from 'graphql';
import { findProjectRoot } from '../../../runtime/project-root.js';
import { USUAL_LIMITS } from '../../http/request-limits.js';
import { fragmentsOf } from '../../plan/document-parts.js';
import { columnsOf } from './columns.js';
import { type ExportOperation, readExportOperation } from './export-operation.js';

const schema = buildSchema(readFileSync(join(findProjectRoot(), 'schema', 'api.graphql'), 'utf8'));
const LIMITS = { ...USUAL_LIMITS, tokens: 2000, aliases: 50 };

function read(query: string, name?: string): ExportOperation | GraphQLError {
  return readExportOperation({ query, operationName: name, variables: {} }, schema, LIMITS);
}

function accepted(query: string): ExportOperation {
  const operation = read(query);
  if (operation instanceof GraphQLError) throw operation;
  return operation;
}

function headingsOf(query: string, variables: Readonly<Record<string, unknown>> = {}) {
  const { rowFields, document } = accepted(query);
  return columnsOf({ rowFields, fragments: fragmentsOf(document), schema, variables });
}

describe('readExportOperation()', () => {
  it('asks for the caller’s rows, page by page, and for what a walk needs', () => {
    const { document, list, page, cursorVariable, listName } = accepted(
      'query Q($d: Date) { mine: inspections(where: {date: {from: $d}}) { totalCount nodes { id } coverage { reason } } }',
    );
    expect(validate(schema, document)).toEqual([]);
    expect(print(document).replaceAll(/\s+/g, ' ')).toBe(
      'query Q($d: Date, $export_after: String) { mine: inspections(where: {date: {from: $d}}, first: 500, after: $export_after) ' +
        '{ nodes { id } export_page: pageInfo { startCursor endCursor hasNextPage } ' +
        'export_coverage: coverage { interface department state asOf rows late reason } } }',
    );
    expect([list, listName, page.rows, cursorVariable]).toEqual([
      'mine',
      'inspections',
      'nodes',
      'export_after',
    ]);
  });

  it('unfolds fragments around the list and its rows, and keeps those inside rows', () => {
    const { document } = accepted(`query { ...R } fragment R on Query { cases { ...C } }
      fragment C on CaseConnection { nodes { ...N } } fragment N on Case { id }`);
    expect(validate(schema, document)).toEqual([]);
    expect(print(document)).toContain('fragment N on Case');
    expect(print(document)).not.toContain('fragment R');
  });

  it('takes no name that the query has', () => {
    const { page, cursorVariable } = accepted('{ cases { nodes { export_page: id export_after: id } } }');
    expect([page.pageInfo, cursorVariable]).toEqual(['export_page_', 'export_after_']);
  });

  it('gives different documents different ids, and equal ones the same', () => {
    const [one, same, other] = [
      '{ cases { nodes { id } } }',
      '{cases{nodes{id}}}',
      '{ cases { nodes { name } } }',
    ];
    expect(accepted(one ?? '').documentId).toBe(accepted(same ?? '').documentId);
    expect(accepted(one ?? '').documentId).not.toBe(accepted(other ?? '').documentId);
  });

  it.each([
    ['{ departments { code } }', 'departments 不是分页清单'],
    ['{ cases { nodes { id } } inspections { nodes { id } } }', '根部有 2 个字段'],
    ['{ caseStats(by: [DEPARTMENT]) { buckets { count } } }', '不是分页清单'],
    ['mutation { resumeInterface(interface: "market.case", why: "x") { name } }', '应为 query'],
    ['{ __typename }', '不是分页清单'],
    ['{ cases { totalCount } }', 'nodes 或 edges'],
    ['{ cases { nodes { id } edges { node { id } } } }', 'nodes 或 edges'],
    ['{ cases { nodes { id } more: nodes { name } } }', 'nodes 或 edges'],
    ['{ cases(first: 10) { nodes { id } } }', '请去掉参数 first'],
    ['{ cases(last: 10) { nodes { id } } }', '请去掉参数 last'],
    ['{ cases(after: "x") { nodes { id } } }', '请去掉参数 after'],
    ['query ($x: Boolean!) { cases @include(if: $x) { nodes { id } } }', '@skip'],
    ['query ($x: Boolean!) { cases { nodes @skip(if: $x) { id } } }', '@skip'],
  ])('refuses %s', (query, reason) => {
    const refused = read(query);
    expect(refused).toBeInstanceOf(GraphQLError);
    expect((refused as GraphQLError).extensions.code).toBe('EXPORT_NOT_ONE_LIST');
    expect((refused as GraphQLError).message).toContain(reason);
  });

  it.each([
    ['{ cases { nodes { id }', undefined, 'GRAPHQL_PARSE_FAILED'],
    [`{ cases(where: ${'['.repeat(300)}`, undefined, 'GRAPHQL_PARSE_FAILED'],
    [`{ cases { nodes { ${'id '.repeat(3000)} } } }`, undefined, 'GRAPHQL_PARSE_FAILED'],
    ['{ cases { nodes { nothing } } }', undefined, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'query A { cases { nodes { id } } } query B { cases { nodes { id } } }',
      undefined,
      'OPERATION_RESOLUTION_FAILURE',
    ],
    ['query A { cases { nodes { id } } }', 'B', 'OPERATION_RESOLUTION_FAILURE'],
  ])('refuses %s', (query, name, code) => {
    expect((read(query, name) as GraphQLError).extensions.code).toBe(code);
  });
});

describe('columnsOf()', () => {
  it('has a column for each leaf, headed by titles, aliases or names', () => {
    const columns = headingsOf(`{ inspections { nodes {
      id date checkedAt who: subject { name kind } case { fine paid } results
    } } }`);
    expect(columns.map(({ heading, kind, path }) => [heading, kind, path.join('.')])).toEqual([
      ['全局标识', 'text', 'id'],
      ['检查日期', 'date', 'date'],
      ['检查时间', 'moment', 'checkedAt'],
      ['who.名称', 'text', 'who.name'],
      ['who.kind', 'text', 'who.kind'],
      ['由此立案的案件.罚款', 'number', 'case.fine'],
      ['由此立案的案件.实缴', 'number', 'case.paid'],
      ['全部检查结果', 'text', 'results'],
    ]);
  });

  it('leaves out of headings what only leads to rows, and tells equal ones apart', () => {
    const columns = headingsOf(
      `{ subjects { edges { cursor node { name cases { nodes { caseCode } edges { node { caseCode } } } } match { months } } } }`,
    );
    expect(columns.map(({ heading }) => heading)).toEqual([
      'cursor',
      '名称',
      '该主体的案件.案件编号 (node.cases.nodes.caseCode)',
      '该主体的案件.案件编号 (node.cases.edges.node.caseCode)',
      expect.stringMatching(/\.满足同月条件的月份 yyyy-MM$/),
    ]);
  });

  it('merges what fragments select of one field, and leaves out what is skipped', () => {
    const query = `query ($s: Boolean!) { inspections { nodes { subject { id } ...N kind @skip(if: $s) } } }
      fragment N on Inspection { subject { name } }`;
    expect(headingsOf(query, { s: true }).map(({ path }) => path.join('.'))).toEqual([
      'subject.id',
      'subject.name',
    ]);
    expect(headingsOf(query, { s: false })).toHaveLength(3);
  });
});
