/** A body that has errors and nothing else: the request was refused. `{"errors":[…],"data":…}` ends otherwise. */
function isRefusal(body: string): boolean {
  return body.startsWith('{"errors":[') && body.endsWith(']}');
}

interface RefusalBody {
  readonly errors: readonly { readonly extensions?: Readonly<Record<string, unknown>> }[];
}

/** Adds the request's id to the errors of a refusal that has none. Other bodies stay as they are. */
export function nameRefusal<T>(body: T, requestId: string): T | string {
  if (typeof body !== 'string' || !isRefusal(body)) return body;
  const { errors } = JSON.parse(body) as RefusalBody;
  return JSON.stringify({
    errors: errors.map((error) => ({ ...error, extensions: { ...error.extensions, requestId } })),
  });
}
