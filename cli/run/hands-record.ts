import { GraphQLError } from 'graphql';
import type { Recorder } from '../../gateway/audit/recorder.js';
import type { Logger } from '../../gateway/observe/logger.js';
import { refusal } from '../../runtime/errors.js';
import type { AskedNote, Held } from '../../subgraphs/port/hands.js';

/** What is recorded of something that is done by hand. */
export type Detail = Parameters<Recorder['acting']>[0];

/** As the audit calls what is done to an interface, and ends. */
export const HELD_ACTIONS = {
  interface: { hold: 'interface-paused', release: 'interface-resumed' },
  source: { hold: 'breaker-opened', release: 'breaker-closed' },
} as const satisfies Record<Held, unknown>;

/** As it calls what is noted of incidents. */
export const NOTE_ACTIONS = {
  acknowledged: 'incident-acknowledged',
  sent: 'corrections-sent',
  answered: 'correction-answered',
} as const satisfies Record<AskedNote['kind'], string>;

export const LEVEL_ACTION = 'log-level-set';

/** As the audit calls what was recorded before it was asked of another process, and was not done there, or not for sure. */
export const FAILED = 'hand-failed';

/** Where it is recorded what is done by hand. */
export interface HandsRecord {
  /** It must not be done unless this resolves. @throws {GraphQLError} AUDIT_UNAVAILABLE */
  acting(detail: Detail): Promise<void>;
  /** What was recorded has failed. */
  failed(detail: Detail): void;
}

/** In the audit of a gateway. @param recorder null: nothing is recorded, and nothing can be changed. */
export function recordInAudit(recorder: () => Recorder | null): HandsRecord {
  return {
    acting: async (detail) => {
      const open = recorder();
      if (open === null) throw refusal('AUDIT_UNAVAILABLE');
      await open.acting(detail);
    },
    failed: (detail) => recorder()?.changed(detail),
  };
}

/** In the log of a process that is asked by a gateway alone, which has recorded it. */
export function recordInLog(logger: Logger): HandsRecord {
  return {
    acting: async (detail) => logger.warn(detail, 'done by hand'),
    failed: (detail) => logger.warn(detail, 'not done by hand'),
  };
}

export function codeOf(error: unknown): string {
  return error instanceof GraphQLError ? String(error.extensions.code) : 'INTERNAL';
}

/** As the audit tells details: in texts. */
export function wordsOf(said: object): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(said).map(([name, value]) => [name, String(value)]));
}
