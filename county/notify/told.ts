import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { errorCodeOf } from '../../runtime/error-code.js';
import { writeDurably } from '../../runtime/write-durably.js';
import type { Incident } from '../../subgraphs/port/observation.js';

/** What one channel was told of one incident; moments are epoch milliseconds by the county's clock. */
export interface ToldOnce {
  readonly beganAt: number;
  /** Null: its end was not told. */
  readonly endedAt: number | null;
}

/** What is known of telling, and must outlive the process. */
export interface Told {
  /** By channel: when telling began there; what had ended before is not told. */
  readonly startedAt: Map<string, number>;
  /** Up to when incidents were taken in. */
  takenUntil: number;
  /** Those that last, are to be told, or ended lately. */
  readonly incidents: Map<string, Incident>;
  /** By channel, then by incident. */
  readonly channels: Map<string, Map<string, ToldOnce>>;
  /** By channel: when messages were sent in the last minute. */
  readonly sent: Map<string, readonly number[]>;
}

const keptForm = z.object({
  startedAt: z.array(z.tuple([z.string(), z.number()])),
  takenUntil: z.number(),
  incidents: z.array(z.custom<Incident>((one) => typeof one === 'object' && one !== null && 'id' in one)),
  channels: z.array(
    z.tuple([
      z.string(),
      z.array(z.tuple([z.string(), z.object({ beganAt: z.number(), endedAt: z.number().nullable() })])),
    ]),
  ),
  sent: z.array(z.tuple([z.string(), z.array(z.number())])),
});

/** @param now of its beginning. */
export function nothingTold(now: number): Told {
  return {
    startedAt: new Map(),
    takenUntil: now,
    incidents: new Map(),
    channels: new Map(),
    sent: new Map(),
  };
}

/**
 * @returns null when there is no file yet.
 * @throws {Error} when the file cannot be read or is none of ours.
 */
export async function readTold(file: string): Promise<Told | null> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (errorCodeOf(error) === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  const { startedAt, takenUntil, incidents, channels, sent } = keptForm.parse(JSON.parse(text));
  return {
    startedAt: new Map(startedAt),
    takenUntil,
    incidents: new Map(incidents.map((one) => [one.id, one])),
    channels: new Map(channels.map(([name, told]) => [name, new Map(told)])),
    sent: new Map(sent),
  };
}

/** Resolves when it outlives a crash. */
export async function writeTold(file: string, told: Told): Promise<void> {
  const { startedAt, takenUntil, incidents, channels, sent } = told;
  const text = JSON.stringify({
    startedAt: [...startedAt],
    takenUntil,
    incidents: [...incidents.values()],
    channels: [...channels].map(([name, of]) => [name, [...of]]),
    sent: [...sent],
  });
  await writeDurably(file, text, 0o600);
}
