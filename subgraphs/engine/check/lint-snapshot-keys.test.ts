import type { InterfaceMapping } from '../mapping/mapping.js';
import { parseMapping } from '../mapping/parse-mapping.js';
import { lintSnapshot } from './lint-snapshot.js';

const detail = (
  snapshot: string,
  { name = 'detail', ask = 'by: keys', more = '' } = {},
): string => `interface: test.${name}
title: t
owner: { department: test }
facet: Subject.test.detail
source:
  connection: detail
  http: { path: /d, rows: list, ask: [{ param: id, column: code, ${ask} }${more}], needs: [id], probe: { id: A } }
key: [no]
subject: [{ scheme: uscc, column: code }]
fields: { name: { column: name } }
snapshot: { ${snapshot} }
`;

const table = (subject: string, name = 'firm', key = '[id]'): string => `interface: test.${name}
title: t
owner: { department: test }
facet: Subject.test.firm
source: { connection: firms, table: firms }
key: ${key}
subject: [${subject}]
fields: { name: { column: name } }
`;

const USCC = '{ scheme: uscc, column: code }';

function parse(text: string): InterfaceMapping {
  const parsed = parseMapping(text, 'test/detail.yaml');
  if (parsed.kind === 'problems') throw new Error(JSON.stringify(parsed.problems));
  return parsed.mapping;
}

function lint(first: string, ...others: readonly string[]): readonly string[] {
  const mappings = [first, ...others].map(parse);
  const [mapping] = mappings;
  if (mapping === undefined) throw new Error('nothing to lint');
  return lintSnapshot(mapping, mappings).map(
    ({ rule, place, en }) => `${rule} ${place.line}:${place.column} ${en}`,
  );
}

describe('lintSnapshot() of a source that answers for keys alone', () => {
  it('accepts keys of an interface of the department, and those of the register', () => {
    expect(lint(detail('every: 1h, keys: { of: test.firm }'), table(USCC))).toEqual([]);
    const registry = detail('every: 1h, keys: { refs: uscc }').replace(
      'department: test',
      'department: registry',
    );
    expect(lint(registry)).toEqual([]);
  });

  it('accepts the keys of the rows that it completes', () => {
    const byKey = detail('every: 1h, keys: { of: test.case }')
      .replace('key: [no]', 'key: [code]')
      .replace(`subject: [${USCC}]\n`, '');
    expect(lint(byKey, table('{ scheme: regno, column: regno }', 'case'))).toEqual([]);
    expect(lint(byKey, table('', 'case', '[id, part]'))).toEqual([
      expect.stringMatching(/^snapshot-keys-type 10:.*by one column, code, but the key of test.case has 2/),
    ]);
  });

  it.each([
    ['no keys', detail('every: 1h'), /^snapshot-look-up .*answers for id alone: say by keys/],
    [
      'keys that nobody has',
      detail('every: 1h, keys: { of: test.nobody }'),
      /^snapshot-keys-source 11:30 .*"test.nobody"/,
    ],
    ['itself', detail('every: 1h, keys: { of: test.detail }'), /^snapshot-keys-circle /],
    [
      'another department’s register',
      detail('every: 1h, keys: { refs: uscc }'),
      /^snapshot-keys-source .*belongs to registry/,
    ],
    [
      'changes',
      detail('every: 1h, changes: 1m, keys: { of: test.firm }'),
      /^snapshot-keys .*neither changes nor whole/,
    ],
    [
      'a source that is asked by a day',
      detail('every: 1h, keys: { of: test.firm }', { ask: 'by: from' }),
      /^snapshot-keys .*asked by key or keys/,
    ],
  ])('refuses %s', (_, mapping, finding) => {
    expect(lint(mapping, table(USCC)).join('\n')).toMatch(finding);
  });

  it('refuses keys of another type', () => {
    expect(
      lint(detail('every: 1h, keys: { of: test.firm }'), table('{ scheme: vessel, column: code }')),
    ).toEqual([
      expect.stringMatching(/^snapshot-keys-type .*asked for uscc \(column code\), but test.firm has none/),
    ]);
    const registry = (refs: string) =>
      detail(`every: 1h, keys: { refs: ${refs} }`).replace('department: test', 'department: registry');
    expect(lint(registry('vessel'))).toEqual([expect.stringMatching(/^snapshot-keys-type /)]);
    expect(lint(registry('person'))).toEqual([
      expect.stringMatching(/^snapshot-keys-type .*no personal numbers/),
    ]);
  });

  it('refuses keys of what answers for keys alone, and circles', () => {
    const other = detail('every: 1h, keys: { of: test.firm }', { name: 'other' });
    expect(lint(detail('every: 1h, keys: { of: test.other }'), other, table(USCC))).toEqual([
      expect.stringMatching(/^snapshot-keys-source .*answers for keys or filters alone/),
    ]);
    const filtered = `${table(USCC)}requires: [name]\n`;
    expect(lint(detail('every: 1h, keys: { of: test.firm }'), filtered)).toEqual([
      expect.stringMatching(/^snapshot-keys-source .*answers for keys or filters alone/),
    ]);
    const back = detail('every: 1h, keys: { of: test.detail }', { name: 'other' });
    expect(lint(detail('every: 1h, keys: { of: test.other }'), back)).toEqual([
      expect.stringMatching(/^snapshot-keys-circle .*those of test.other come from test.detail/),
    ]);
  });

  it('refuses keys of a source that can be read whole', () => {
    const whole = `${table(USCC)}snapshot: { every: 1h, keys: { of: test.firm } }\n`;
    expect(lint(whole)).toEqual([expect.stringMatching(/^snapshot-keys 9:/)]);
  });
});
