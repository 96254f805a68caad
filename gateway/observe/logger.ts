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

/** JSON lines; every line about a request carries its `requestId`. @param destination stderr unless told. */
export function createLogger(level: LogLevel, destination: DestinationStream = pino.destination(2)): Logger {
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
