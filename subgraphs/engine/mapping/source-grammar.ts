import { z } from 'zod';
import { ADAPTER_KINDS } from '../../../adapters/kinds.js';
import type { ObjectDefinition } from '../../../adapters/source-object.js';

/** The `source` block: the name of a connection, and one block that defines an object of its kind. */
export interface SourceText {
  readonly connection: string;
  readonly [block: string]: unknown;
}

const BLOCKS = ADAPTER_KINDS.map(({ block }) => block);

export const sourceGrammar = z
  .strictObject({
    connection: z.string().min(1),
    ...Object.fromEntries(ADAPTER_KINDS.map(({ block, grammar }) => [block, grammar.optional()])),
  })
  .refine((source) => blocksOf(source).length === 1, {
    error: `${BLOCKS.join('、')} 恰取其一 | exactly one of ${BLOCKS.slice(0, -1).join(', ')} and ${BLOCKS.at(-1)}`,
  });

/** The object of a source as the grammar accepted it, defaults filled in. */
export function readObject(source: SourceText): ObjectDefinition {
  for (const kind of ADAPTER_KINDS) {
    if (source[kind.block] !== undefined) return kind.readObject(source[kind.block]);
  }
  throw new TypeError(`Cannot read a source: it must have one of ${BLOCKS.join(', ')}, but has none`);
}

function blocksOf(source: Readonly<Record<string, unknown>>): readonly string[] {
  return BLOCKS.filter((block) => source[block] !== undefined);
}
