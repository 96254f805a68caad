import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { getIntrospectionQuery, Lexer, Source, TokenKind } from 'graphql';
import { findProjectRoot } from '../../../runtime/project-root.js';
import { scanDocument } from './scan-document.js';

const OPENING: readonly string[] = ['{', '(', '['];
const CLOSING: readonly string[] = ['}', ')', ']'];

/** What graphql-js reads of a text, up to where it gives up. */
function lexed(text: string): { tokens: number; nesting: number; isWhole: boolean } {
  const lexer = new Lexer(new Source(text));
  let [tokens, depth, nesting] = [0, 0, 0];
  try {
    for (let { kind } = lexer.advance(); kind !== TokenKind.EOF; { kind } = lexer.advance()) {
      tokens += 1;
      if (OPENING.includes(kind)) depth += 1;
      if (CLOSING.includes(kind)) depth -= 1;
      nesting = Math.max(nesting, depth);
    }
    return { tokens, nesting, isWhole: true };
  } catch {
    return { tokens, nesting, isWhole: false };
  }
}

const folder = join(findProjectRoot(), 'examples', 'queries');
const examples = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));

describe('scanDocument()', () => {
  it.each([...examples, getIntrospectionQuery()])('counts what the lexer reads: %#', (text) => {
    const { isWhole, ...counted } = lexed(text);
    expect(isWhole).toBe(true);
    expect(scanDocument(text)).toEqual(counted);
  });

  const piece = fc.constantFrom(
    ...['{', '}', '(', ')', '[', ']', '...', 'on', ' ', '\n', ',', '#', '# [[\r', '"', '"""', '\\', '\\"'],
    ...[
      '\\"""',
      '""',
      '"a [ b"',
      '"""{ "x" """',
      '-1.5e+3',
      '0',
      '.',
      'a1',
      '_',
      '$v',
      ':',
      '!',
      '@d',
      '|',
      '&',
    ],
    ...['=', 'é', '\ufeff', '?'],
  );

  it('never counts less than the lexer reads, and the same of a text that is read whole', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        const { isWhole, ...counted } = lexed(text);
        const scanned = scanDocument(text);
        if (isWhole) expect(scanned).toEqual(counted);
        expect(scanned.tokens).toBeGreaterThanOrEqual(counted.tokens);
        expect(scanned.nesting).toBeGreaterThanOrEqual(counted.nesting);
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    ['lists', '['.repeat(2000)],
    ['selections', '{a'.repeat(2000)],
    ['inline fragments', `{${'... on X {'.repeat(1999)}`],
    ['inline fragments without a type', `{${'...{'.repeat(1999)}`],
    ['inline fragments with a directive', `{${'... @a(b: 1) {'.repeat(1999)}`],
    ['objects', `{a(b:${'{c:'.repeat(1998)}`],
    ['types', `query($v:${'['.repeat(1999)}`],
  ])('sees nested %s', (_, text) => {
    expect(scanDocument(text).nesting).toBe(2000);
  });
});
