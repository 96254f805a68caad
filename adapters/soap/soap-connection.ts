import { z } from 'zod';
import type { Secret } from '../../runtime/config/secret.js';
import { secretReference } from '../../runtime/config/secret-grammar.js';
import type { ConnectionReader } from '../adapter-kind.js';
import { answerCharset } from '../web/answer/decode-text.js';
import { serviceUrl } from '../web/service-url.js';
import type { SoapCharset } from './soap-config.js';

/** A configured SOAP service. */
interface SoapConnection {
  readonly dialect: 'soap';
  readonly url: string;
  readonly charset: SoapCharset;
  readonly answerCharset?: SoapCharset;
  readonly user: string | null;
  readonly password: Secret | null;
}

export const soapConnectionGrammar = z.discriminatedUnion('dialect', [
  z.strictObject({
    dialect: z.literal('soap'),
    url: serviceUrl,
    charset: answerCharset.optional(),
    answerCharset: answerCharset.optional(),
    user: z.string().optional(),
    password: secretReference.optional(),
  }),
]);

export function readSoapConnection(
  text: z.infer<typeof soapConnectionGrammar>,
  { secretAt }: ConnectionReader,
): SoapConnection | null {
  const { url, charset = 'utf-8', answerCharset: answers, user = null } = text;
  const common = {
    dialect: text.dialect,
    url,
    charset,
    user,
    ...(answers !== undefined && { answerCharset: answers }),
  };
  if (text.password === undefined) return { ...common, password: null };
  const password = secretAt(['password'], text.password);
  return password === null ? null : { ...common, password };
}
