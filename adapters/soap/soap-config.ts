import { z } from 'zod';
import { answerCharset } from '../web/answer/decode-text.js';
import { serviceUrl } from '../web/service-url.js';

export const soapConnectionConfig = z.strictObject({
  dialect: z.literal('soap'),
  url: serviceUrl,
  /** What requests are written in, and answers that do not say theirs. */
  charset: answerCharset,
  /** What answers are in, whatever they state: for a source that states a wrong one. */
  answerCharset: answerCharset.optional(),
  /** What `{user}` and `{password}` in a mapping's templates stand for. */
  user: z.string().min(1).optional(),
  password: z.string().min(1).optional(),
});

export type SoapConnectionConfig = z.input<typeof soapConnectionConfig>;
export type SoapCharset = SoapConnectionConfig['charset'];
