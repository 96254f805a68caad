import { type OperationDefinitionNode, parse } from 'graphql';
import { createMeasure, writtenSelections } from './operation-limits.js';

function measure(text: string) {
  const document = parse(text);
  return createMeasure(document)(document.definitions[0] as OperationDefinitionNode);
}

describe('the size of an operation', () => {
  it('counts directives wherever they may stand, and lists in them', () => {
    const { directives, listItems } = measure(`
      query ($v: Int = [1, 2] @a(b: [1]) @a) @a(b: [[1], { c: [1, 2] }]) {
        x @a ... @a { y } ...F @a ... on T @a(b: 1) { z @a }
      }
      fragment F on T @a(b: [1]) @a { w @a }`);
    expect({ directives, listItems }).toEqual({ directives: 11, listItems: 2 + 1 + 2 + 1 + 2 + 1 });
  });

  it('counts what fragments hold as often as they are spread', () => {
    expect(measure('{ ...F a { ...F } } fragment F on T { x: b(c: [1, 2]) { d @e } f }')).toEqual({
      depth: 3,
      rootFields: 3,
      aliases: 2,
      selections: 9,
      directives: 2,
      listItems: 4,
    });
  });

  it('counts nothing of fragments that are not there', () => {
    expect(measure('{ ...Nowhere a }')).toMatchObject({ rootFields: 1, selections: 2 });
  });

  it('as it is written counts all of the document', () => {
    expect(
      writtenSelections(
        parse('{ a { b } ...F } query B { c } fragment F on T { d { e } } type T { f: Int }'),
      ),
    ).toBe(6);
  });
});
