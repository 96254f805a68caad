import { httpGrammar, readEndpoint } from '../rest/http-block.js';
import { lintAsked } from './lint-asked.js';

const read = (block: object) => readEndpoint(httpGrammar.parse({ path: '/a', rows: 'list', ...block }));

test('what is fixed as no text, what a parameter is, and how a list ends are read off a block', () => {
  const endpoint = read({
    fixed: { level: 3, valid: true, kinds: [1, 2], word: '3' },
    ask: [
      { param: 'filter.no', column: 'no', by: 'key', type: 'number' },
      { param: 'ids', column: 'id', by: 'keys', type: 'list' },
    ],
    pages: { style: 'page', param: 'p', size: 10, beyond: 'repeats' },
  });
  expect([...endpoint.fixed]).toEqual([
    ['level', '3'],
    ['valid', 'true'],
    ['kinds', '[1,2]'],
    ['word', '3'],
  ]);
  expect([...(endpoint.fixedJson ?? [])]).toEqual(['level', 'valid', 'kinds']);
  expect(endpoint.ask.map(({ type }) => type)).toEqual(['number', 'list']);
  expect(endpoint.paging).toMatchObject({ style: 'page', first: 1, beyond: 'repeats' });
  expect(lintAsked(endpoint)).toEqual([]);
});

test.each([
  ['keys', 'number'],
  ['key', 'list'],
  ['from', 'numbers'],
] as const)('a parameter by %s cannot be of type %s', (by, type) => {
  const endpoint = read({ ask: [{ param: 'a', column: 'a', by, type }] });
  expect(lintAsked(endpoint)).toEqual([expect.objectContaining({ rule: 'param-type' })]);
});

test('other names of types and ends are refused', () => {
  expect(() => read({ ask: [{ param: 'a', column: 'a', by: 'key', type: 'date' }] })).toThrow();
  expect(() => read({ pages: { style: 'page', param: 'p', size: 10, beyond: 'loops' } })).toThrow();
  expect(() => read({ pages: { style: 'offset', param: 'p', size: 10, beyond: 'repeats' } })).toThrow();
});
