// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to secrets look like placeholders
import { z } from 'zod';
import type { Secret } from '../../runtime/config/secret.js';
import { secretReference } from '../../runtime/config/secret-grammar.js';
import type { ConnectionReader } from '../adapter-kind.js';
import { type AnswerCharset, answerCharset } from '../web/answer/decode-text.js';
import { serviceUrl } from '../web/service-url.js';

/** A configured REST service. */
export type RestConnection = { readonly answerCharset?: AnswerCharset } /** Plain HTTP endpoints. */ & (
  | { readonly dialect: 'rest'; readonly url: string; readonly headers: ReadonlyMap<string, Secret> }
  /** Zhejiang's data gateway of the first generation (domain §1.1 IF-1). */
  | {
      readonly dialect: 'if1';
      readonly url: string;
      readonly appKey: string;
      readonly appSecret: Secret;
      readonly lowerCase: boolean;
    }
  /** … and of the second (IF-2). */
  | {
      readonly dialect: 'if2';
      readonly url: string;
      readonly accessKey: string;
      readonly secretKey: Secret;
    }
);

const CONFIDENTIAL = /auth|token|key|secret|cookie|password/i;
const headers = z
  .record(z.string().regex(/^[A-Za-z0-9-]+$/, 'must be the name of a header'), z.string())
  .refine(
    (record) =>
      Object.entries(record).every(([name, value]) => !CONFIDENTIAL.test(name) || value.includes('${')),
    'must not hold a secret: write ${env:NAME} or ${file:/run/secrets/name} in its place',
  );

/** What answers are in, whatever they state. */
const answers = { answerCharset: answerCharset.optional() };

export const restConnectionGrammar = z.discriminatedUnion('dialect', [
  z.strictObject({ dialect: z.literal('rest'), url: serviceUrl, ...answers, headers: headers.optional() }),
  z.strictObject({
    dialect: z.literal('if1'),
    url: serviceUrl,
    ...answers,
    appKey: z.string().min(1),
    appSecret: secretReference,
    /** Some gateways sign the lower-case key and secret. */
    lowerCase: z.boolean().optional(),
  }),
  z.strictObject({
    dialect: z.literal('if2'),
    url: serviceUrl,
    ...answers,
    accessKey: z.string().min(1),
    secretKey: secretReference,
  }),
]);

export function readRestConnection(
  text: z.infer<typeof restConnectionGrammar>,
  { secretAt }: ConnectionReader,
): RestConnection | null {
  const own = text.answerCharset === undefined ? {} : { answerCharset: text.answerCharset };
  switch (text.dialect) {
    case 'rest': {
      const headers = new Map<string, Secret>();
      for (const [header, value] of Object.entries(text.headers ?? {})) {
        const secret = secretAt(['headers', header], value);
        if (secret === null) return null;
        headers.set(header.toLowerCase(), secret);
      }
      return { ...own, dialect: 'rest', url: text.url, headers };
    }
    case 'if1': {
      const { url, appKey, lowerCase = false } = text;
      const appSecret = secretAt(['appSecret'], text.appSecret);
      return appSecret === null ? null : { ...own, dialect: 'if1', url, appKey, appSecret, lowerCase };
    }
    case 'if2': {
      const { url, accessKey } = text;
      const secretKey = secretAt(['secretKey'], text.secretKey);
      return secretKey === null ? null : { ...own, dialect: 'if2', url, accessKey, secretKey };
    }
  }
}
