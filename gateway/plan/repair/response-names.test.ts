import { type FieldNode, parse, print, stripIgnoredCharacters, visit } from 'graphql';
import { readJoins } from '../joins.js';
import { findResponseNames, readFieldSetNames } from './response-names.js';

const KEYS = new Set(['id', 'weight']);
const rename = (query: string): string =>
  stripIgnoredCharacters(print(findResponseNames(parse(query), KEYS).document));

describe('findResponseNames()', () => {
  it('gives an alias that equals a field of a key another name', () => {
    expect(rename('{ a { id: name weight: price other: price } }')).toBe(
      '{a{r_id:name r_weight:price other:price}}',
    );
  });

  it('leaves keys under their own names alone', () => {
    expect(rename('{ a { id weight id: id } }')).toBe('{a{id weight id:id}}');
  });

  it('renames a field of a key that is asked for with arguments', () => {
    expect(rename('{ a { weight(unit: KG) name(of: 1) } }')).toBe('{a{r_weight:weight(unit:KG)name(of:1)}}');
  });

  it('renames members of Object.prototype, and aliases that start like meta fields', () => {
    expect(rename('{ constructor toString: a __x: b __typename }')).toBe(
      '{r_constructor:constructor r_toString:a r___x:b __typename}',
    );
  });

  it('chooses a prefix that starts no name of the document', () => {
    const { document, prefix, nameOf } = findResponseNames(parse('{ r_a id: b r1_ }'), KEYS);
    expect(prefix).toBe('r2_');
    expect(stripIgnoredCharacters(print(document))).toBe('{r_a r2_id:b r1_}');
    const names: string[] = [];
    visit(parse('{ id: b c }'), { Field: (field: FieldNode) => void names.push(nameOf(field)) });
    expect(names).toEqual(['r2_id', 'c']);
  });
});

describe('readFieldSetNames()', () => {
  it('names every field of keys, @requires and @provides, nested ones included', () => {
    const joins = readJoins(
      parse(`
        enum join__Graph { A @join__graph(name: "a", url: "") }
        type Ship @join__type(graph: A, key: "port { code } id") {
          fee: Int @join__field(graph: A, requires: "weight flag(style: 1) { name }")
          owner: Ship @join__field(graph: A, provides: "title")
          plain: Int
        }`),
    );
    expect([...readFieldSetNames(joins)].sort()).toEqual([
      'code',
      'flag',
      'id',
      'name',
      'port',
      'title',
      'weight',
    ]);
  });
});
