import { SourceError } from '../../../../adapters/source-error.js';
import type { CallContext } from '../../../../runtime/call/call-context.js';
import type { FeedPosition } from '../../../feed/feed.js';
import type { KnownRefs } from '../../../feed/known-refs.js';
import { parseSubjectKey, type Scheme } from '../../../kinds/subject-key.js';
import type { PersonKey } from '../../../values/identifiers/person-key.js';
import { identifiersForKeys } from '../../../values/identifiers/subject-ref.js';
import type { SnapshotKeys } from '../../mapping/mapping.js';
import { readPage } from '../../read/page/read-page.js';
import { compileSort } from '../../read/page/sort-order.js';
import type { EngineRow } from '../../read/row/row-reader.js';
import type { ServedInterface } from '../../read/served-interface.js';
import { chooseRows } from '../choose-rows.js';
import type { AskedKeys } from './asked-keys.js';
import { KeysMissing } from './keys-missing.js';

/** What keys are read from. */
export interface KeyWorld {
  /** An interface of the same department; null: there is none of that name that serves. */
  readonly sibling: (name: string) => ServedInterface | null;
  readonly knownRefs?: KnownRefs;
  readonly personKey: PersonKey;
}

/** Rows of the keys' source that are read at once. */
const PAGE_ROWS = 2000;

/**
 * Every key that a reading asks its source for, spelt as queries spell it.
 *
 * @throws {KeysMissing} when they cannot all be read.
 */
export async function listKeys(
  keys: SnapshotKeys,
  asked: AskedKeys,
  world: KeyWorld,
  context: CallContext,
): Promise<ReadonlySet<string>> {
  const listed = new Set<string>();
  const pages =
    'of' in keys ? keysOfRows(keys.of, asked, world, context) : keysOfRefs(keys.refs, asked, world);
  for await (const page of pages) {
    context.signal.throwIfAborted();
    for (const key of page) listed.add(key);
  }
  // An empty text asks for nothing.
  listed.delete('');
  return listed;
}

async function* keysOfRefs(
  scheme: Scheme,
  { schemes }: AskedKeys,
  { knownRefs, personKey }: KeyWorld,
): AsyncGenerator<readonly string[]> {
  const refs = knownRefs?.(scheme) ?? null;
  if (refs === null) throw new KeysMissing('登记索引 the register');
  for await (const page of refs) yield identifiersOf(page, schemes, personKey);
}

async function* keysOfRows(
  name: string,
  { schemes }: AskedKeys,
  { sibling, personKey }: KeyWorld,
  context: CallContext,
): AsyncGenerator<readonly string[]> {
  const one = sibling(name);
  if (one === null) throw new KeysMissing(name);
  const bySubject = schemes.length > 0;
  try {
    for await (const rows of rowsOf(one, bySubject, context)) {
      yield bySubject
        ? identifiersOf(rows.flatMap(subjectKeysOf), schemes, personKey)
        : rows.map(({ key }) => key[0] ?? '');
    }
  } catch (error) {
    throw error instanceof SourceError ? new KeysMissing(name, error) : error;
  }
}

async function* rowsOf(
  one: ServedInterface,
  refs: boolean,
  context: CallContext,
): AsyncGenerator<readonly EngineRow[]> {
  const { from } = await chooseRows(one, { fields: [] }, context);
  const { adapter, mapping } = from.compiled;
  const sort = compileSort(from.compiled, [], false);
  // What cannot go on behind a row would be read anew for each page.
  const limit = adapter.capabilities.keyset ? PAGE_ROWS : mapping.limits.maxRowsScanned;
  for (let after: FeedPosition | undefined; ; ) {
    const page = await readPage(
      from,
      { where: { all: [] }, sort, limit, fields: [], refs, ...(after !== undefined && { after }) },
      context,
    );
    yield page.rows;
    const last = page.rows.at(-1);
    if (page.complete || last === undefined) return;
    after = { keys: [], interface: mapping.interface, key: last.key };
  }
}

/** Whoever a row names, and every spelling of that. */
function subjectKeysOf({ refs }: EngineRow): readonly string[] {
  if (refs === undefined) return [];
  return [...refs.refs, ...refs.spellings.map(({ held }) => held), ...refs.related.map(({ ref }) => ref)];
}

function identifiersOf(
  keys: readonly string[],
  schemes: readonly Scheme[],
  personKey: PersonKey,
): readonly string[] {
  const parsed = keys.flatMap((key) => parseSubjectKey(key) ?? []);
  return schemes.flatMap((scheme) => identifiersForKeys(scheme, parsed, { personKey }));
}
