import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { refusal } from '../../../runtime/errors.js';
import { type AllowedOrigins, headersFor } from '../cors.js';
import { chooseRequestId } from '../request-id.js';
import { SECURITY_HEADERS } from '../security-headers.js';
import type { Admission } from './admission.js';
import { placeOf } from './place-of.js';

interface Shedding {
  readonly admission: Pick<Admission, 'sheds'>;
  readonly allowedOrigins: AllowedOrigins;
  /** Told of each request that is refused here. */
  readonly onShed: () => void;
  /** False: callers are to come back on another connection. */
  readonly keepsConnections: () => boolean;
}

/** Staff must see how things stand, most of all when they stand badly; exports have a bound of their own. */
const ALWAYS = /^\/(?:health\/|metrics|export)/;
const { message, extensions } = refusal('OVERLOADED');
/** Of one byte a character: that it takes many of these is what they are for. */
const BODY_START = asciiJson({ errors: [{ message, extensions: { ...extensions, requestId: '' } }] }).slice(
  0,
  -'"}}]}'.length,
);
const HEADERS = Object.entries({
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store',
  ...SECURITY_HEADERS,
}).flat();

function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^\0-\x7f]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Refuses requests for which there is no place before anything of them is read: at a small part of what an answer costs. */
export function shedEarly(
  handle: RequestListener,
  { admission, allowedOrigins, onShed, keepsConnections }: Shedding,
): RequestListener {
  return (request, response) => {
    if (ALWAYS.test(request.url ?? '') || !admission.sheds(placeOf(request))) {
      handle(request, response);
      return;
    }
    onShed();
    const connection = keepsConnections() ? [] : ['connection', 'close'];
    refuse(request, response, [
      ...Object.entries(headersFor(request.headers.origin, allowedOrigins)).flat(),
      ...connection,
    ]);
  };
}

function refuse(request: IncomingMessage, response: ServerResponse, headers: readonly string[]): void {
  const requestId = chooseRequestId(request.headers['x-request-id']);
  const body = `${BODY_START}${requestId}"}}]}`;
  const own = ['content-length', String(body.length), 'x-request-id', requestId, 'retry-after', retryAfter()];
  response.writeHead(503, [...HEADERS, ...own, ...headers]).end(body, 'latin1');
}

const MOST_SECONDS = 3;

/** Not the same for all, or all would come back at once. Seconds. */
export function retryAfter(): string {
  return String(1 + Math.floor(Math.random() * MOST_SECONDS));
}
