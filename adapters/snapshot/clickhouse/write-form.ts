import { randomUUID } from 'node:crypto';

export type FormField = readonly [name: string, value: string];

/** A body of `multipart/form-data`. Names are this program's own. */
export function writeForm(fields: readonly FormField[]): {
  readonly contentType: string;
  readonly body: Buffer;
} {
  const boundary = `form-${randomUUID()}`;
  const parts = fields.map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: Buffer.from(`${parts.join('')}--${boundary}--\r\n`),
  };
}
