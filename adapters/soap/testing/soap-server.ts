import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import iconv from 'iconv-lite';
import { decodeXml } from '../xml/decode-xml.js';
import { decodeXmlBytes } from '../xml/decode-xml-bytes.js';
import type { XmlNode } from '../xml/xml-node.js';

/** A request as the server understood it. */
export interface SoapCall {
  readonly path: string;
  readonly contentType: string;
  readonly soapAction: string | undefined;
  readonly bytes: Buffer;
  /** The operation's element. */
  readonly operation: XmlNode;
}

export type SoapHandler = (call: SoapCall, response: ServerResponse) => void | Promise<void>;

export interface SoapServer {
  readonly url: string;
  readonly calls: readonly SoapCall[];
  /** What answers from now on. */
  handle(handler: SoapHandler): void;
  close(): Promise<void>;
}

/**
 * A real SOAP server of the tests: it reads requests in the charset that they state, and answers what it is told.
 *
 * @param port 0: any that is free.
 */
export async function startSoapServer(initial: SoapHandler, port = 0): Promise<SoapServer> {
  let handler = initial;
  const calls: SoapCall[] = [];
  const serve: RequestListener = async (request, response) => {
    try {
      if (request.method !== 'POST') {
        response.writeHead(405).end();
        return;
      }
      const call = await readCall(request);
      calls.push(call);
      await handler(call, response);
    } catch (error) {
      response.writeHead(500, { 'content-type': 'text/plain' }).end(String(error));
    }
  };
  const server = createServer(serve);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const { port: given } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${given}`,
    calls,
    handle: (next) => {
      handler = next;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readCall(request: IncomingMessage): Promise<SoapCall> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const contentType = request.headers['content-type'] ?? '';
  const text = decodeXmlBytes(bytes, contentType, 'utf-8', 'serve a test');
  const [operation] = decodeXml(text, 'serve a test').children[0]?.children[0]?.children ?? [];
  if (operation === undefined) throw new Error('the request has no operation');
  const soapAction = request.headers.soapaction;
  return {
    path: request.url ?? '',
    contentType,
    soapAction: Array.isArray(soapAction) ? soapAction.join() : soapAction,
    bytes,
    operation,
  };
}

/** Sends an XML text in a charset, with that as its content-type. */
export function sendXml(response: ServerResponse, xml: string, charset = 'GB18030', status = 200): void {
  response.writeHead(status, { 'content-type': `text/xml; charset=${charset}` });
  response.end(iconv.encode(xml, charset));
}

export function soapAnswer(body: string, version: '1.1' | '1.2' = '1.1'): string {
  const namespace =
    version === '1.1'
      ? 'http://schemas.xmlsoap.org/soap/envelope/'
      : 'http://www.w3.org/2003/05/soap-envelope';
  return `<?xml version="1.0"?><soapenv:Envelope xmlns:soapenv="${namespace}"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;
}

/** The text of an element of the request, by its path below the operation; empty when there is none. */
export function textIn(node: XmlNode, ...path: readonly string[]): string {
  const [name, ...rest] = path;
  if (name === undefined) return node.text;
  const child = node.children.find((each) => each.name === name);
  return child === undefined ? '' : textIn(child, ...rest);
}
