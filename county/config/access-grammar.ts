// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to secrets look like placeholders
import { z } from 'zod';
import { APPLICATION_PREFIX, PLAIN_NAME } from '../../gateway/access/identity/applications/application.js';
import { SIGNATURE_ALGORITHMS } from '../../gateway/access/identity/identity-settings.js';
import { isSecretReference } from '../../runtime/config/secret-reference.js';
import { isLoopback } from '../../runtime/listen-address.js';
import { duration } from '../../runtime/yaml/duration.js';

const text = z.string().min(1);
/** One name, or names of objects one inside the other: `[realm_access, roles]`. */
const claimPath = z.union([text, z.array(text).min(1).max(5)]);

const issuerGrammar = z.strictObject({
  issuer: text,
  audience: z.union([text, z.array(text).min(1)]),
  algorithms: z.array(z.enum(SIGNATURE_ALGORITHMS)).min(1),
  keys: z.strictObject({
    url: z
      .string()
      .refine(isSafeAddress, {
        error:
          'https:// 地址（本机可用 http://），不含用户名和密码 | an address with https:// (http:// to this machine alone), without user or password',
      })
      .optional(),
    authorization: z
      .string()
      .refine(isSecretReference, {
        error:
          '引用，如 ${env:NAME} 或 ${file:/run/secrets/name}，不能写密钥本身 | a reference such as ${env:NAME} or ${file:/run/secrets/name}, never the secret itself',
      })
      .optional(),
    ca: text.optional(),
    every: duration.optional(),
    staleFor: duration.optional(),
    timeout: duration.optional(),
    file: text.optional(),
  }),
  leeway: duration.optional(),
  claims: z
    .strictObject({
      role: claimPath.optional(),
      townships: claimPath.optional(),
      departments: claimPath.optional(),
      scopes: claimPath.optional(),
      purposes: claimPath.optional(),
    })
    .optional(),
  secondFactor: z.array(text).optional(),
});

/** The grammar of an `access.yaml`, as `readAccessSettings` shows it. */
export const accessGrammar = z.strictObject({
  issuers: z
    .record(
      z
        .string()
        .regex(PLAIN_NAME, {
          error: '小写字母、数字和连字符组成的名称 | a name of lower-case letters, digits and dashes',
        })
        .refine((name) => name !== APPLICATION_PREFIX, {
          error: `“${APPLICATION_PREFIX}”以外的名称 | another name than "${APPLICATION_PREFIX}", which applications have`,
        }),
      issuerGrammar,
    )
    .optional(),
  applications: text.optional(),
  policy: text.optional(),
  lock: z
    .strictObject({
      failures: z.int().min(1).max(100).optional(),
      within: duration.optional(),
      for: duration.optional(),
    })
    .optional(),
});

export type SaidAccess = z.infer<typeof accessGrammar>;
export type SaidIssuer = z.infer<typeof issuerGrammar>;

/** An issue that does not show what is written where a secret may stand. */
export function hideSecret(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  const isShown = !issue.path.includes('keys') || issue.input === undefined;
  return isShown ? issue : ({ ...issue, input: '（不显示 hidden）' } as z.core.$ZodIssue);
}

/** Who can change the keys on their way can be anybody. */
function isSafeAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password } = new URL(address);
  const host = hostname.replace(/^\[|\]$/g, '');
  return (
    `${username}${password}` === '' && (protocol === 'https:' || (protocol === 'http:' && isLoopback(host)))
  );
}
