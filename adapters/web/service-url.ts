import { z } from 'zod';

/** Where a web service is, such as `http://host:8080/services`; a mapping's path is appended to it. */
export const serviceUrl = z.string().refine(isServiceUrl, {
  message:
    '必须是不含账号、查询参数的 http(s) 地址 / must be an http(s) URL without credentials, query and fragment',
});

function isServiceUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const isPlain = url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  return isPlain && (url.protocol === 'http:' || url.protocol === 'https:');
}
