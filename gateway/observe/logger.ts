import { type DestinationStream, type Logger, pino } from 'pino';
import { briefText } from '../../runtime/brief-text.js';
import type { LogLevel } from '../../subgraphs/port/log-levels.js';

/** Where secrets and people's data could stand in what is logged. */
const REDACTED = [
  'authorization',
  'cookie',
  'password',
  'token',
  'headers.authorization',
  'headers.cookie',
  'headers["x-api-key"]',
  'req.headers',
  'variables',
];

export type { Logger };

/** A write for every line would take a seventh of a heavy request's CPU time. */
const KEPT_BYTES = 4096;
/** A line is shown at most so much later. */
const KEPT_MS = 100;

/** JSON lines; every line about a request carries its `requestId`. @param destination stderr unless told. */
export function createLogger(level: LogLevel, destination: DestinationStream = openStderr()): Logger {
  return pino(
    {
      level,
      serializers: { err: describeError },
      redact: { paths: REDACTED, censor: '[redacted]' },
      timestamp: pino.stdTimeFunctions.isoTime,
      base: null,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
}

/** Characters of a text or an object of an error. A subgraph or a caller may have sent a megabyte of it. */
const MAX_ERROR_TEXT = 4000;

function describeError(error: Error): unknown {
  const described: unknown = pino.stdSerializers.err(error);
  if (typeof described === 'string') return briefText(described, MAX_ERROR_TEXT);
  if (typeof described !== 'object' || described === null) return described;
  return Object.fromEntries(Object.entries(described).map(([name, value]) => [name, brief(value)]));
}

function brief(value: unknown): unknown {
  if (typeof value === 'string') return briefText(value, MAX_ERROR_TEXT);
  if (typeof value !== 'object' || value === null) return value;
  const text = stringifySafely(value);
  return text.length <= MAX_ERROR_TEXT ? value : briefText(text, MAX_ERROR_TEXT);
}

function stringifySafely(value: object): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return String(value);
  }
}

let stderr: ReturnType<typeof pino.destination> | null = null;

/** One for the thread. What is kept is written when it ends, however it ends; only a killed process loses it. */
function openStderr(): DestinationStream {
  if (stderr !== null) return stderr;
  const opened = pino.destination({ dest: 2, minLength: KEPT_BYTES, periodicFlush: KEPT_MS });
  process.once('exit', () => opened.flushSync());
  stderr = opened;
  return opened;
}
