import { z } from 'zod';
import { answerCharset } from '../web/answer/decode-text.js';
import { serviceUrl } from '../web/service-url.js';

/** What the connection decides by itself. */
const OWN_HEADERS =
  /^(?:accept-encoding|connection|content-length|expect|host|keep-alive|transfer-encoding|upgrade)$/i;
const headerName = z
  .string()
  .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, {
    message: '必须是合法的标头名 / must be the name of a header',
  })
  .refine((name) => !OWN_HEADERS.test(name), {
    message: '此标头由连接自行决定 / is a header that the connection sets by itself',
  });
const headerValue = z.string().regex(/^[\t\x20-\x7e\x80-\xff]*$/, {
  message: '不得含换行或非拉丁字符 / must hold neither line breaks nor characters beyond Latin-1',
});

/** What answers are in, whatever they state: for a source that states a wrong charset. */
const answers = { answerCharset: answerCharset.optional() };

export const restConnectionConfig = z.discriminatedUnion('dialect', [
  z.strictObject({
    dialect: z.literal('rest'),
    url: serviceUrl,
    ...answers,
    /** Sent with every request, such as a token. */
    headers: z.record(headerName, headerValue).optional(),
  }),
  z.strictObject({
    dialect: z.literal('if1'),
    url: serviceUrl,
    ...answers,
    appKey: z.string().min(1),
    appSecret: z.string().min(1),
    /** Whether key and secrets are turned to lower case before they are signed, as some gateways have it. */
    lowerCase: z.boolean().optional(),
    /** Folder of the two operations that give out secrets. Default `/gateway/app`. */
    refreshPath: z
      .string()
      .regex(/^\/[^?#]*[^/?#]$/)
      .optional(),
  }),
  z.strictObject({
    dialect: z.literal('if2'),
    url: serviceUrl,
    ...answers,
    accessKey: headerValue.min(1),
    secretKey: z.string().min(1),
  }),
]);

export type RestConnectionConfig = z.input<typeof restConnectionConfig>;
export type If1Config = Extract<RestConnectionConfig, { dialect: 'if1' }>;
export type If2Config = Extract<RestConnectionConfig, { dialect: 'if2' }>;
