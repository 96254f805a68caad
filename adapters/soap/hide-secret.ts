import { type SourceError, sourceErrorOf } from '../source-error.js';

/** The same error without the secret in it: sources like to repeat what they refuse, and messages go to the log. */
export function hideSecret(error: SourceError, secret: string): SourceError {
  const spelled = JSON.stringify(secret).slice(1, -1);
  if (secret === '' || !error.message.includes(spelled)) return error;
  const { code, message, detail } = error;
  return sourceErrorOf(code, message.replaceAll(spelled, '***'), { detail });
}
