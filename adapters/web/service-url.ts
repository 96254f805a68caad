import { z } from 'zod';

/** Where a web service is, such as `http://host:8080/services`; a mapping's path is appended to it. */
export const serviceUrl = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
    'must be an address that starts with http:// or https://',
  )
  .refine((text) => !/[?#]|\/\/[^/]*@/.test(text), 'must have no query, fragment or password');
