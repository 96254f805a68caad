import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { ANONYMOUS } from '../../../runtime/call/caller.js';
import { createRegistry, type Registry } from '../registry.js';
import { type ArrayFeed, type ArrayInterface, createArrayFeed } from './array-feed.js';

export const PERSON_KEY = 'a key for tests';

export function makeContext(): CallContext {
  return {
    requestId: 'test',
    caller: ANONYMOUS,
    signal: new AbortController().signal,
    deadline: Date.now() + 10_000,
    today: '2026-06-30',
  };
}

export interface OpenedRegistry {
  readonly registry: Registry;
  readonly feed: ArrayFeed;
  readonly file: string;
  close(): Promise<void>;
}

/** A built registry over one department's arrays, its file in a folder of its own. */
export async function openRegistry(
  interfaces: readonly ArrayInterface[],
  options: { readonly pace?: () => number } = {},
): Promise<OpenedRegistry> {
  const folder = mkdtempSync(join(tmpdir(), 'registry-'));
  const file = join(folder, 'index.sqlite');
  const feed = createArrayFeed('market', interfaces);
  const registry = createRegistry({ feeds: [feed], file, personKey: PERSON_KEY, ...options });
  await registry.build();
  return {
    registry,
    feed,
    file,
    close: async () => {
      await registry.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
