import { z } from 'zod';

export const soapConnectionConfig = z.strictObject({
  dialect: z.literal('soap'),
  /** Where the services are: `http://host:8080/services`. A mapping's path is appended to it. */
  url: z.string().refine(isServiceUrl, {
    message:
      '必须是不含账号、查询参数的 http(s) 地址 / must be an http(s) URL without credentials, query and fragment',
  }),
  /** What requests are written in, and answers that do not say theirs. */
  charset: z.enum(['utf-8', 'gbk', 'gb18030']),
  /** What `{user}` and `{password}` in a mapping's templates stand for. */
  user: z.string().min(1).optional(),
  password: z.string().min(1).optional(),
});

export type SoapConnectionConfig = z.input<typeof soapConnectionConfig>;
export type SoapCharset = SoapConnectionConfig['charset'];

function isServiceUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const isPlain = url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  return isPlain && (url.protocol === 'http:' || url.protocol === 'https:');
}
