import { z } from 'zod';
import type { Secret } from '../../runtime/config/secret.js';
import { secretReference } from '../../runtime/config/secret-grammar.js';
import type { ConnectionReader } from '../adapter-kind.js';
import { serviceUrl } from '../web/service-url.js';
import type { SoapCharset } from './soap-config.js';

/** A configured SOAP service. */
interface SoapConnection {
  readonly dialect: 'soap';
  readonly url: string;
  readonly charset: SoapCharset;
  readonly user: string | null;
  readonly password: Secret | null;
}

export const soapConnectionGrammar = z.discriminatedUnion('dialect', [
  z.strictObject({
    dialect: z.literal('soap'),
    url: serviceUrl,
    charset: z.enum(['utf-8', 'gbk', 'gb18030']).optional(),
    user: z.string().optional(),
    password: secretReference.optional(),
  }),
]);

export function readSoapConnection(
  text: z.infer<typeof soapConnectionGrammar>,
  { secretAt }: ConnectionReader,
): SoapConnection | null {
  const { url, charset = 'utf-8', user = null } = text;
  if (text.password === undefined) return { dialect: 'soap', url, charset, user, password: null };
  const password = secretAt(['password'], text.password);
  return password === null ? null : { dialect: 'soap', url, charset, user, password };
}
