import { GraphQLError } from 'graphql';
import { readExportRequest } from './export-request.js';

const query = '{ cases { nodes { id } } }';

function formOf(body: object, accept?: string): unknown {
  const read = readExportRequest({ query, ...body }, accept);
  return read instanceof GraphQLError ? read.extensions.code : read.form;
}

describe('readExportRequest()', () => {
  it.each([
    [{}, undefined, { format: 'csv', charset: 'utf-8' }],
    [{ format: 'CSV', charset: 'GB18030' }, undefined, { format: 'csv', charset: 'gb18030' }],
    [{ charset: 'gb18030' }, undefined, { format: 'csv', charset: 'gb18030' }],
    [{ format: 'xlsx' }, 'text/csv', { format: 'xlsx' }],
    [{}, 'text/csv; charset=gb18030', { format: 'csv', charset: 'gb18030' }],
    [{}, 'text/html, application/x-ndjson', { format: 'ndjson' }],
    [{}, 'text/csv;q=0.5, application/x-ndjson', { format: 'ndjson' }],
    [{}, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, */*;q=0.1', { format: 'xlsx' }],
    [{}, 'text/csv;q=0, application/json', 'NOT_ACCEPTABLE'],
    [{}, 'text/html', 'NOT_ACCEPTABLE'],
    [{ format: 'pdf' }, undefined, 'EXPORT_FORMAT_UNKNOWN'],
    [{ format: 7 }, undefined, 'EXPORT_FORMAT_UNKNOWN'],
    [{ format: 'csv', charset: 'latin1' }, undefined, 'EXPORT_FORMAT_UNKNOWN'],
    [{ format: 'xlsx', charset: 'gb18030' }, undefined, 'EXPORT_FORMAT_UNKNOWN'],
  ])('reads the form of %j with accept %s', (body, accept, form) => {
    expect(formOf(body, accept)).toEqual(form);
  });

  it.each([
    [[], 'BAD_REQUEST'],
    [null, 'BAD_REQUEST'],
    [{}, 'BAD_REQUEST'],
    [{ query, first: 10 }, 'BAD_REQUEST'],
    [{ query, after: 7 }, 'BAD_REQUEST'],
    [{ query, after: '' }, 'BAD_REQUEST'],
    [{ query, operationName: {} }, 'BAD_REQUEST'],
    [{ query, variables: [] }, 'BAD_USER_INPUT'],
  ])('refuses %j', (body, code) => {
    expect((readExportRequest(body, undefined) as GraphQLError).extensions.code).toBe(code);
  });
});
