import { SourceMalformed, SourceTooLarge } from '../../source-error.js';
import { decodeRestAnswer, type RestShape } from './decode-rest-answer.js';

const shape: RestShape = { action: 'read a test', wanted: new Set(), definition: { rows: ['list'] } };

function rowsOf(json: string) {
  const read = decodeRestAnswer({ status: 200, headers: new Map(), bytes: Buffer.from(json) }, shape);
  if (read.kind !== 'rows') throw new Error('refused');
  return read.answer.rows.map((row) => Object.fromEntries(row));
}

describe('references inside a JSON answer', () => {
  it.each([
    ['Fastjson', '{"list":[{"id":1,"owner":{"name":"甲"}},{"id":2,"owner":{"$ref":"$.list[0].owner"}}]}'],
    [
      'Fastjson inside a text',
      JSON.stringify({ list: '[{"id":1,"owner":{"name":"甲"}},{"id":2,"owner":{"$ref":"$[0].owner"}}]' }),
    ],
  ])('stand for what %s wrote before', (_, json) => {
    expect(rowsOf(json)).toEqual([
      { id: '1', 'owner.name': '甲' },
      { id: '2', 'owner.name': '甲' },
    ]);
  });

  it('stand for what .NET gave an id', () => {
    const json =
      '{"$id":"1","list":[{"$id":"2","id":1,"owner":{"$id":"3","name":"甲"}},{"$id":"4","id":2,"owner":{"$ref":"3"}},{"$ref":"2"}]}';
    expect(rowsOf(json).map((row) => [row.id, row['owner.name']])).toEqual([
      ['1', '甲'],
      ['2', '甲'],
      ['1', '甲'],
    ]);
  });

  it.each(['$.list[7]', '$.none', '9', '..', '@', '$'])(
    'are refused when %s leads nowhere or in a circle',
    (reference) => {
      expect(() => rowsOf(`{"list":[{"id":1},{"$ref":"${reference}"}]}`)).toThrow(SourceMalformed);
    },
  );

  it('cannot unfold a small answer into a large one', () => {
    const levels = Array.from(
      { length: 30 },
      (_, n) => `"l${n}":{"a":{"$ref":"$.l${n + 1}"},"b":{"$ref":"$.l${n + 1}"}}`,
    );
    expect(() => rowsOf(`{${levels.join(',')},"l30":{"id":1},"list":[{"$ref":"$.l0"}]}`)).toThrow(
      SourceTooLarge,
    );
  });

  it('are no references beside other members', () => {
    expect(rowsOf('{"list":[{"id":1,"$ref":"x"}]}')).toEqual([{ id: '1', $ref: 'x' }]);
  });
});
