import { z } from 'zod';
import {
  INCIDENT_SEVERITIES,
  type Incident,
  type IncidentSeverity,
} from '../../subgraphs/port/observation.js';

/** What one channel was told of one incident; moments are epoch milliseconds by the county's clock. */
export interface ToldOnce {
  readonly beganAt: number;
  /** Null: its end was not told. */
  readonly endedAt: number | null;
  /** As bad as it was when it was told last. */
  readonly severity: IncidentSeverity;
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

const toldOnceForm = z.object({
  beganAt: z.number(),
  endedAt: z.number().nullable(),
  // What was told before this was kept is not told again for it.
  severity: z.enum(INCIDENT_SEVERITIES).default('CRITICAL'),
});

const keptForm = z.object({
  startedAt: z.array(z.tuple([z.string(), z.number()])),
  takenUntil: z.number(),
  incidents: z.array(z.custom<Incident>((one) => typeof one === 'object' && one !== null && 'id' in one)),
  channels: z.array(z.tuple([z.string(), z.array(z.tuple([z.string(), toldOnceForm]))])),
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

/** Where it is kept what was told. */
export interface ToldPlace {
  /** Null: nothing is kept yet. */
  read(): Promise<string | null>;
  /** Resolves when it outlives this process. */
  write(text: string): Promise<void>;
}

/** @throws {Error} when it cannot be read or is none of ours. */
export async function readTold(place: ToldPlace): Promise<Told | null> {
  const text = await place.read();
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

export async function writeTold(place: ToldPlace, told: Told): Promise<void> {
  const { startedAt, takenUntil, incidents, channels, sent } = told;
  await place.write(
    JSON.stringify({
      startedAt: [...startedAt],
      takenUntil,
      incidents: [...incidents.values()],
      channels: [...channels].map(([name, of]) => [name, [...of]]),
      sent: [...sent],
    }),
  );
}
