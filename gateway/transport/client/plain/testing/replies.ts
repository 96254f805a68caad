/** What a server may send for one call. */
export interface Reply {
  readonly name: string;
  readonly bytes: Buffer;
  /** Whether a strict reader takes it; else it refuses it. */
  readonly isSound: boolean;
}

const JSON_TYPE = 'Content-Type: application/json\r\n';

/** How a body can be delimited, as the rest of the head and the body. */
const FRAMES: Readonly<Record<string, (body: Buffer) => readonly [string, Buffer]>> = {
  'with its length': (body) => [`Content-Length: ${body.length}\r\n`, body],
  'in one chunk': (body) => ['Transfer-Encoding: chunked\r\n', chunked(body, body.length)],
  'in chunks of three bytes': (body) => ['transfer-encoding: Chunked\r\n', chunked(body, 3)],
  'in chunks with extensions and trailers': (body) => [
    'Transfer-Encoding: chunked\r\nTrailer: X-Sum\r\n',
    chunked(body, 7, ';name="value"', 'X-Sum: 1\r\n'),
  ],
  'up to the end of the connection': (body) => ['Connection: close\r\n', body],
};

const BODIES: Readonly<Record<string, string>> = {
  nothing: '',
  'an answer': '{"data":{"a":1}}',
  'Chinese text': '{"data":{"name":"嵊泗县综合行政执法局"}}',
  'what looks like a reply': 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}',
};

const STATUS_LINES = ['HTTP/1.1 200 OK', 'HTTP/1.1 400 Bad Request', 'HTTP/1.1 503 ', 'HTTP/1.0 200 OK'];

const INTERIM: Readonly<Record<string, string>> = {
  nothing: '',
  'a 103': 'HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n',
};

function chunked(body: Buffer, size: number, extension = '', trailers = ''): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length; at += size) {
    const part = body.subarray(at, at + size);
    parts.push(Buffer.from(`${part.length.toString(16)}${extension}\r\n`), part, Buffer.from('\r\n'));
  }
  return Buffer.concat([...parts, Buffer.from(`0\r\n${trailers}\r\n`)]);
}

function soundReplies(): Reply[] {
  const replies: Reply[] = [];
  for (const [frame, framed] of Object.entries(FRAMES)) {
    for (const statusLine of STATUS_LINES) {
      for (const [before, interim] of Object.entries(INTERIM)) {
        for (const [told, text] of Object.entries(BODIES)) {
          const [head, body] = framed(Buffer.from(text));
          const start = Buffer.from(`${interim}${statusLine}\r\n${JSON_TYPE}${head}\r\n`);
          const name = `${statusLine}: ${told} ${frame}, after ${before}`;
          replies.push({ name, bytes: Buffer.concat([start, body]), isSound: true });
        }
      }
    }
  }
  return replies;
}

const BODY = '{"data":{}}';
const LENGTH = `Content-Length: ${BODY.length}\r\n`;

/** Head without its status line, and the rest. */
const SOUND_HEADS: Readonly<Record<string, string>> = {
  'no space after a colon': `Content-Type:application/json\r\nContent-Length:${BODY.length}\r\n\r\n${BODY}`,
  'much space about a value': `Content-Type: \t application/json \t \r\n${LENGTH}\r\n${BODY}`,
  'an empty value': `${JSON_TYPE}X-Empty:\r\n${LENGTH}\r\n${BODY}`,
  'a header twice': `${JSON_TYPE}Set-Cookie: a=1\r\nSet-Cookie: b=2\r\n${LENGTH}\r\n${BODY}`,
  'a header of an object': `${JSON_TYPE}__proto__: a\r\nconstructor: b\r\n${LENGTH}\r\n${BODY}`,
  'bytes beyond ASCII in a value': `${JSON_TYPE}X-Name: \xe5\xb5\x8a\r\n${LENGTH}\r\n${BODY}`,
  'keep-alive': `${JSON_TYPE}Connection: keep-alive\r\nKeep-Alive: timeout=5, max=10\r\n${LENGTH}\r\n${BODY}`,
  'a size with leading zeros': `${JSON_TYPE}Transfer-Encoding: chunked\r\n\r\n00b\r\n${BODY}\r\n000\r\n\r\n`,
  'a length with leading zeros': `${JSON_TYPE}Content-Length: 0${BODY.length}\r\n\r\n${BODY}`,
};

const FAULTY_HEADS: Readonly<Record<string, string>> = {
  'two lengths': `Content-Length: 3\r\n${LENGTH}\r\n${BODY}`,
  'the same length twice': `${LENGTH}${LENGTH}\r\n${BODY}`,
  'two lengths in one header': `Content-Length: ${BODY.length}, ${BODY.length}\r\n\r\n${BODY}`,
  'a length and chunks': `${LENGTH}Transfer-Encoding: chunked\r\n\r\nb\r\n${BODY}\r\n0\r\n\r\n`,
  'chunks and a length': `Transfer-Encoding: chunked\r\n${LENGTH}\r\nb\r\n${BODY}\r\n0\r\n\r\n`,
  'chunked twice': `Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n${BODY}\r\n0\r\n\r\n`,
  'chunked twice in one header': `Transfer-Encoding: chunked, chunked\r\n\r\nb\r\n${BODY}\r\n0\r\n\r\n`,
  'gzip and chunked': `Transfer-Encoding: gzip, chunked\r\n\r\nb\r\n${BODY}\r\n0\r\n\r\n`,
  'an unknown transfer encoding': `Transfer-Encoding: identity\r\n\r\n${BODY}`,
  'chunked with a hidden byte': `Transfer-Encoding: \x0bchunked\r\n\r\nb\r\n${BODY}\r\n0\r\n\r\n`,
  ...Object.fromEntries(
    ['', '+11', '-11', '0x0b', '1 1', '11a', '１１', '1e1', '11.0', '99999999999999999999'].map((length) => [
      `the length ${JSON.stringify(length)}`,
      `Content-Length: ${length}\r\n\r\n${BODY}`,
    ]),
  ),
  ...Object.fromEntries(
    ['', 'g', '-b', '0xb', ' b', '+b', '00000000b', 'b\n', 'b;\x01', 'b\x00'].map((size) => [
      `the chunk size ${JSON.stringify(size)}`,
      `Transfer-Encoding: chunked\r\n\r\n${size}\r\n${BODY}\r\n0\r\n\r\n`,
    ]),
  ),
  'a chunk longer than its size': `Transfer-Encoding: chunked\r\n\r\na\r\n${BODY}\r\n0\r\n\r\n`,
  'a chunk shorter than its size': `Transfer-Encoding: chunked\r\n\r\nc\r\n${BODY}\r\n0\r\n\r\n`,
  'a chunk that ends with a bare line feed': `Transfer-Encoding: chunked\r\n\r\nb\r\n${BODY}\n0\r\n\r\n`,
  'no last chunk': `Transfer-Encoding: chunked\r\n\r\nb\r\n${BODY}\r\n`,
  'no end after the last chunk': `Transfer-Encoding: chunked\r\n\r\nb\r\n${BODY}\r\n0\r\n`,
  'a trailer without a colon': `Transfer-Encoding: chunked\r\n\r\nb\r\n${BODY}\r\n0\r\nX-Sum\r\n\r\n`,
  'a body shorter than its length': `Content-Length: 12\r\n\r\n${BODY}`,
  'a value that goes on in the next line': `X-Long: a\r\n b\r\n${LENGTH}\r\n${BODY}`,
  'a length that goes on in the next line': `Content-Length: 1\r\n\t1\r\n\r\n${BODY}`,
  'a space before a colon': `Content-Length : ${BODY.length}\r\n\r\n${BODY}`,
  'no colon': `Content-Length ${BODY.length}\r\n\r\n${BODY}`,
  'no name': `: a\r\n${LENGTH}\r\n${BODY}`,
  'a name with a space': `X Name: a\r\n${LENGTH}\r\n${BODY}`,
  'a name beyond ASCII': `X-N\xe4me: a\r\n${LENGTH}\r\n${BODY}`,
  'a null in a value': `X-Name: a\x00b\r\n${LENGTH}\r\n${BODY}`,
  'a carriage return in a value': `X-Name: a\rb\r\n${LENGTH}\r\n${BODY}`,
  'a bare line feed in a head': `X-Name: a\n${LENGTH}\r\n${BODY}`,
  'a head of bare line feeds': `${LENGTH.replace('\r', '')}\n${BODY}`,
  'a head without an end': `${LENGTH}`,
  'a head of 17 KB': `X-Long: ${'a'.repeat(17 * 1024)}\r\n${LENGTH}\r\n${BODY}`,
};

const FAULTY_STARTS = [
  '',
  'HTTP/2 200 OK',
  'HTTP/1.2 200 OK',
  'HTTP/1.10 200 OK',
  'http/1.1 200 OK',
  'HTTP/1.1 20 OK',
  'HTTP/1.1 2000 OK',
  'HTTP/1.1 099 OK',
  'HTTP/1.1  200 OK',
  'HTTP/1.1\t200 OK',
  'HTTP/1.1 200 O\x00K',
  ' HTTP/1.1 200 OK',
  '\r\nHTTP/1.1 200 OK',
  'ICY 200 OK',
  'GET / HTTP/1.1',
  '\x16\x03\x01\x02',
  'HTTP/1.1 101 Switching Protocols',
  `HTTP/1.1 100 Continue\r\n\r\n`.repeat(17).concat('HTTP/1.1 200 OK'),
];

const OK = 'HTTP/1.1 200 OK\r\n';

/** Replies of every kind, sound ones and faulty ones, more than two hundred. */
export const REPLIES: readonly Reply[] = [
  ...soundReplies(),
  ...Object.entries(SOUND_HEADS).map(([name, rest]) => replyOf(name, `${OK}${rest}`, true)),
  ...Object.entries(FAULTY_HEADS).map(([name, rest]) => replyOf(name, `${OK}${rest}`, false)),
  ...FAULTY_STARTS.map((start) =>
    replyOf(`the start ${JSON.stringify(start.slice(0, 30))}`, `${start}\r\n${LENGTH}\r\n${BODY}`, false),
  ),
];

function replyOf(name: string, text: string, isSound: boolean): Reply {
  return { name, bytes: Buffer.from(text, 'latin1'), isSound };
}
