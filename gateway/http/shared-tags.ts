import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { Secret } from '../../runtime/config/secret.js';
import type { TagStore } from '../../runtime/ledger/tag-store.js';
import { watchLedger } from '../../runtime/ledger/watched-ledger.js';
import type { AnsweredInterface } from '../execute/answer-coverage.js';

/** What machines tell each other of answers, so that whoever polls need not come back to the one that answered him. */
export interface SharedTags {
  /** @param named tags that the caller says he has. @returns what is known of the answer with one of them; null: nothing. */
  find(key: string, named: readonly string[]): Promise<SharedTag | null>;
  keep(key: string, tag: SharedTag): void;
}

/** An answer without what it says. */
export interface SharedTag {
  readonly etag: string;
  readonly cost: number | undefined;
  readonly interfaces: readonly Pick<AnsweredInterface, 'interface' | 'asOf'>[];
}

export interface SharedTagsOptions {
  readonly store: Pick<TagStore, 'ask' | 'patienceMs'>;
  /** Machines that have another one share nothing. */
  readonly secret: Secret;
  /** Told at first, and when it changes: that the store is away and why, or that it answers (null). */
  onChange(away: Error | null): void;
}

const told = z.strictObject({
  tag: z.string(),
  cost: z.number().nullable(),
  interfaces: z.array(z.tuple([z.string(), z.string().nullable()])),
});

/**
 * Nothing is left in the store but digests under a secret, names of interfaces and times: no answer, no caller, no question. A tag is found
 * by whoever asks the same with the same rights and names it.
 *
 * @param edition of what serves: graph, mappings and program. Another one has other answers.
 * @param forMs for how long a tag is of use.
 */
export function createSharedTags(
  { store, secret, onChange }: SharedTagsOptions,
  edition: string,
  forMs: number,
): SharedTags {
  const watched = watchLedger(store, onChange);
  const digest = (...parts: readonly string[]): string =>
    createHmac('sha256', secret.reveal())
      .update(JSON.stringify(['answer', edition, ...parts]))
      .digest('base64url');
  return {
    find: async (key, named) => {
      if (named.length === 0) return null;
      const text = (await watched.ask({ find: digest(key) }))?.text ?? null;
      if (text === null) return null;
      const { success, data } = told.safeParse(parse(text));
      if (!success) return null;
      const etag = named.find((one) => digest(key, one) === data.tag);
      if (etag === undefined) return null;
      const interfaces = data.interfaces.map(([name, asOf]) => ({ interface: name, asOf }));
      return { etag, cost: data.cost ?? undefined, interfaces };
    },
    keep: (key, { etag, cost = null, interfaces }) => {
      const said = interfaces.map(({ interface: name, asOf }) => [name, asOf]);
      const text = JSON.stringify({ tag: digest(key, etag), cost, interfaces: said });
      void watched.ask({ keep: digest(key), text, forMs });
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
