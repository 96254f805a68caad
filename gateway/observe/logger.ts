import { type DestinationStream, type Logger, pino } from 'pino';

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

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';
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
      redact: { paths: REDACTED, censor: '[redacted]' },
      timestamp: pino.stdTimeFunctions.isoTime,
      base: null,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
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
