import { setTimeout as delay } from 'node:timers/promises';
import { type CallContext, identityOf } from '../../runtime/call/call-context.js';
import { sharedSignal } from '../../runtime/call/shared-signal.js';
import { writeFailure } from '../../subgraphs/engine/follow/written-failure.js';
import type { ServedInterface } from '../../subgraphs/engine/read/served-interface.js';
import { dropConnections } from '../open-connection.js';
import type { County } from '../open-county.js';
import type {
  AskedCall,
  AskedSource,
  CountyAnswers,
  CountyHearers,
  Edition,
  SourceAnswer,
} from './county-talk.js';
import { tellCounty } from './tell-county.js';

type KeptCounty = Pick<County, 'departments' | 'adapters' | 'drops' | 'registry'>;

/** Answers those who follow a county about one edition of it. */
export interface EditionAnswers {
  /** @param signal aborts when nobody waits any more. */
  askSource(name: string, asked: AskedSource, call: AskedCall, signal: AbortSignal): Promise<SourceAnswer>;
  readSnapshot: Bound<'readSnapshot'>;
  settleDrops: Bound<'settleDrops'>;
  drops: Bound<'drops'>;
  buildIndex: Bound<'buildIndex'>;
  told: ReturnType<typeof tellCounty>;
}

/** Of one edition, the question without it. */
type Bound<K extends keyof CountyAnswers> = CountyAnswers[K] extends (
  edition: Edition,
  ...rest: infer Rest
) => infer Answer
  ? (...rest: Rest) => Answer
  : never;

/** Nobody follows closer than this: what is new is told at most so late. */
const TELL_EVERY_MS = 250;

export function answerEdition(county: KeptCounty): EditionAnswers {
  const told = tellCounty(county);
  const served = new Map(
    county.departments.flatMap((department) =>
      department.served.map((one) => [one.compiled.mapping.interface, one] as const),
    ),
  );
  return {
    told,
    askSource: async (name, asked, call, signal) => {
      const one = served.get(name);
      if (one === undefined) throw new RangeError(`Cannot ask ${name}: the county has no such interface`);
      try {
        return { answer: await askSource(one, asked, contextOf(call, signal)) } as SourceAnswer;
      } catch (error) {
        return { failure: writeFailure(error) };
      }
    },
    readSnapshot: async (name, kind) => {
      const snapshot = served.get(name)?.kept?.snapshot;
      await (kind === null ? snapshot?.keep() : snapshot?.read(kind));
      return told.one(name);
    },
    settleDrops: async (name) => {
      const connection = served.get(name)?.compiled.mapping.source.connection;
      const adapter = connection === undefined ? undefined : county.adapters.get(connection);
      const [drops] = dropConnections(new Map(adapter === undefined ? [] : [['', adapter]]));
      const absence = (await drops?.absence(name)) ?? null;
      return absence === null ? null : writeFailure(absence);
    },
    drops: () => county.drops(),
    buildIndex: () => county.registry.build(),
  };
}

function contextOf(call: AskedCall, signal: AbortSignal): CallContext {
  return { ...identityOf(call), deadline: call.deadline, signal: sharedSignal(signal) };
}

function askSource({ calls }: ServedInterface, asked: AskedSource, context: CallContext): Promise<unknown> {
  switch (asked.kind) {
    case 'read':
      return calls.read(asked.request, context);
    case 'tally':
      return calls.tally(asked.request, context);
    case 'describe':
      return calls.describe(asked.object, context);
  }
}

/**
 * Tells those who follow what changes in a county, within a fraction of a second.
 *
 * @param looks counts the looks at all sources that have ended.
 * @returns what stops that, and what tells at once: it resolves when all have been told.
 */
export function tellChanges(
  editions: () => readonly { readonly edition: Edition; readonly answers: Pick<EditionAnswers, 'told'> }[],
  looks: () => number,
  tell: CountyHearers['told'],
): { stop(): void; now(): Promise<void> } {
  const over = new AbortController();
  let told = looks();
  const now = async (): Promise<void> => {
    const ended = looks();
    const hasLooked = ended !== told;
    told = ended;
    const news = editions()
      .map(({ edition, answers }) => ({ edition, changed: answers.told.changes() }))
      .filter(({ changed }) => changed.length > 0 || hasLooked);
    await Promise.all(news.map(({ edition, changed }) => tell(edition, changed, hasLooked)));
  };
  const run = async (): Promise<void> => {
    while (!over.signal.aborted) {
      await delay(TELL_EVERY_MS, undefined, { signal: over.signal, ref: false });
      void now();
    }
  };
  run().catch(() => undefined);
  return { stop: () => over.abort(), now };
}
