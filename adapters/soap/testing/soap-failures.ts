import type { ServerResponse } from 'node:http';
import { constants, createGzip, gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import type { SourceErrorCode } from '../../source-error.js';
import { sendXml, soapAnswer } from './soap-server.js';

/** A way in which a SOAP source fails, and what its caller must be told. */
interface SoapFailure {
  readonly code: SourceErrorCode;
  readonly answer: (response: ServerResponse) => void;
}

const ROWS = soapAnswer('<r><list><row><id>嵊</id></row><row><id>泗</id></row></list></r>');
const MEGABYTE = Buffer.alloc(1024 * 1024, '<row><id>1</id></row> ');

const send =
  (status: number, contentType: string, body: string | Buffer) =>
  (response: ServerResponse): void => {
    response.writeHead(status, { 'content-type': contentType }).end(body);
  };
const xml =
  (text: string, status = 200) =>
  (response: ServerResponse): void =>
    sendXml(response, text, 'GB18030', status);

const fault11 = (code: string) =>
  soapAnswer(`<s:Fault><faultcode>${code}</faultcode><faultstring>坏了</faultstring></s:Fault>`);
const fault12 = (code: string) =>
  soapAnswer(
    `<s:Fault><s:Code><s:Value>${code}</s:Value></s:Code><s:Reason><s:Text>坏了</s:Text></s:Reason></s:Fault>`,
    '1.2',
  );

/** Endless rows, as fast as the reader takes them, until a gigabyte is sent. */
function streamGigabyte(response: ServerResponse, into: NodeJS.WritableStream): void {
  let left = 1024;
  const push = () => {
    while (left > 0 && !response.destroyed) {
      left -= 1;
      if (!into.write(MEGABYTE)) {
        into.once('drain', push);
        return;
      }
    }
    into.end();
  };
  response.on('error', () => undefined);
  push();
}

function compressed(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/xml', 'content-encoding': 'gzip' });
  const gzip = createGzip({ level: constants.Z_BEST_SPEED });
  gzip.pipe(response);
  response.on('close', () => gzip.destroy());
  streamGigabyte(response, gzip);
}

function drip(response: ServerResponse): void {
  const bytes = iconv.encode(ROWS, 'gb18030');
  response.writeHead(200, { 'content-type': 'text/xml; charset=GB18030' });
  let at = 0;
  const timer = setInterval(() => {
    response.write(bytes.subarray(at, at + 1));
    at += 1;
  }, 1000);
  response.on('close', () => clearInterval(timer));
}

function late(response: ServerResponse): void {
  const timer = setTimeout(() => sendXml(response, ROWS), 10_000);
  response.on('close', () => clearTimeout(timer));
}

function breakOff(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/xml', 'content-length': '5000' });
  response.write(ROWS.slice(0, 80), () => response.socket?.resetAndDestroy());
}

/** By name; what each is answered with is complete, so that every one can stand beside every other. */
export const SOAP_FAILURES: ReadonlyMap<string, SoapFailure> = new Map<string, SoapFailure>([
  ['reset at once', { code: 'SOURCE_UNAVAILABLE', answer: (response) => response.socket?.resetAndDestroy() }],
  ['reset in the body', { code: 'SOURCE_UNAVAILABLE', answer: breakOff }],
  ['half-open', { code: 'SOURCE_TIMEOUT', answer: () => undefined }],
  ['one byte per second', { code: 'SOURCE_TIMEOUT', answer: drip }],
  ['ten seconds late', { code: 'SOURCE_TIMEOUT', answer: late }],
  [
    'a gigabyte',
    {
      code: 'SOURCE_TOO_LARGE',
      answer: (response) => streamGigabyte(response, response.writeHead(200, { 'content-type': 'text/xml' })),
    },
  ],
  ['a gzip bomb', { code: 'SOURCE_TOO_LARGE', answer: compressed }],
  [
    'gzip that is none',
    {
      code: 'SOURCE_MALFORMED',
      answer: (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip'),
    },
  ],
  [
    'gzip cut short',
    {
      code: 'SOURCE_MALFORMED',
      answer: (response) =>
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(ROWS).subarray(0, 60)),
    },
  ],
  [
    'GBK that says UTF-8',
    { code: 'SOURCE_MALFORMED', answer: send(200, 'text/xml; charset=UTF-8', iconv.encode(ROWS, 'gbk')) },
  ],
  ['UTF-8 that says GBK', { code: 'SOURCE_MALFORMED', answer: send(200, 'text/xml; charset=GBK', ROWS) }],
  ['XML cut short', { code: 'SOURCE_MALFORMED', answer: xml(ROWS.slice(0, 200)) }],
  ['nothing', { code: 'SOURCE_MALFORMED', answer: send(200, 'text/xml', '') }],
  [
    'HTML under 200',
    { code: 'SOURCE_MALFORMED', answer: send(200, 'text/html', '<html><body>坏了<br></body></html>') },
  ],
  [
    'XHTML under 200',
    { code: 'SOURCE_MALFORMED', answer: send(200, 'text/html', '<html><body>坏了</body></html>') },
  ],
  ['an envelope of something else', { code: 'SOURCE_MALFORMED', answer: xml(soapAnswer('<other/>')) }],
  [
    'a redirect',
    { code: 'SOURCE_MALFORMED', answer: (response) => response.writeHead(302, { location: '/' }).end() },
  ],
  ['a gateway page under 502', { code: 'SOURCE_UNAVAILABLE', answer: send(502, 'text/html', '<html>') }],
  ['500 with an answer in it', { code: 'SOURCE_UNAVAILABLE', answer: xml(ROWS, 500) }],
  ['too many requests', { code: 'SOURCE_UNAVAILABLE', answer: send(429, 'text/plain', 'slow down') }],
  ['no such page', { code: 'SOURCE_REJECTED', answer: send(404, 'text/html', '<html>') }],
  [
    'a fault of the server under 500',
    { code: 'SOURCE_UNAVAILABLE', answer: xml(fault11('soapenv:Server'), 500) },
  ],
  [
    'a fault of the server under 200',
    { code: 'SOURCE_UNAVAILABLE', answer: xml(fault11('soapenv:Server.userException')) },
  ],
  [
    'a fault of the client under 500',
    { code: 'SOURCE_REJECTED', answer: xml(fault11('soapenv:Client'), 500) },
  ],
  ['a fault of the client under 200', { code: 'SOURCE_REJECTED', answer: xml(fault11('Client')) }],
  [
    'a fault of the receiver in 1.2',
    { code: 'SOURCE_UNAVAILABLE', answer: xml(fault12('env:Receiver'), 500) },
  ],
  ['a fault of the sender in 1.2', { code: 'SOURCE_REJECTED', answer: xml(fault12('env:Sender'), 400) }],
]);
