import { parse, print, stripIgnoredCharacters } from 'graphql';
import { dropUnplannedFields } from './drop-unplanned-fields.js';

const drop = (query: string, variables = {}): string =>
  stripIgnoredCharacters(print(dropUnplannedFields(parse(query), variables)));

describe('dropUnplannedFields()', () => {
  it('drops what the variables leave out, and the two directives of the rest', () => {
    const query =
      'query ($v: Boolean!) { a @include(if: $v) b @skip(if: $v) c @skip(if: false) @include(if: $v) }';
    expect(drop(query, { v: true })).toBe('query($v:Boolean!){a c}');
    expect(drop(query, { v: false })).toBe('query($v:Boolean!){b}');
  });

  it('drops fragments', () => {
    const query = '{ a ...F @skip(if: true) ... @include(if: false) { b } } fragment F on Query { c }';
    expect(drop(query)).toBe('{a}fragment F on Query{c}');
  });

  it('keeps the objects of a selection that loses all its fields', () => {
    expect(drop('{ a { b @skip(if: true) } }')).toBe('{a{__typename}}');
  });

  it('keeps other directives', () => {
    expect(drop('{ a @tag(name: "x") @include(if: true) }')).toBe('{a@tag(name:"x")}');
  });
});
