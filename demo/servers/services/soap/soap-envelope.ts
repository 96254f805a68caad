import { XMLParser, XMLValidator } from 'fast-xml-parser';
import iconv from 'iconv-lite';
import { z } from 'zod';
import { withNumericReferences } from '../../encode-text.js';
import type { LegacyAnswer, LegacyRequest } from '../../legacy-protocol.js';

type SoapVersion = '1.1' | '1.2';

const NAMESPACES = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
} as const;
const TYPES = { '1.1': 'text/xml', '1.2': 'application/soap+xml' } as const;

const parser = new XMLParser({
  ignoreAttributes: true,
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: false,
  htmlEntities: true,
});
const envelope = z.object({ Envelope: z.object({ Body: z.record(z.string(), z.unknown()) }) });

/** Any XML without its attributes and prefixes. @throws {Error} when it is not well-formed. */
export function parseXml(xml: string): unknown {
  const valid = XMLValidator.validate(xml);
  if (valid !== true) throw new Error(`Cannot read XML: it must be well-formed, but ${valid.err.msg}`);
  return parser.parse(xml);
}

/** 1.2 by its media type, else 1.1. */
export function versionOf({ headers }: LegacyRequest): SoapVersion {
  return String(headers['content-type'] ?? '').startsWith(TYPES['1.2']) ? '1.2' : '1.1';
}

/**
 * What stands within the operation's element.
 *
 * @throws {Error} when the request is not an envelope with that operation.
 */
export function readCall(request: LegacyRequest, operation: string): unknown {
  const parsed = envelope.safeParse(parseXml(decodeBody(request)));
  if (parsed.success && operation in parsed.data.Envelope.Body) return parsed.data.Envelope.Body[operation];
  throw new Error(`Cannot read the request: it must be an envelope that calls ${operation}, but is not`);
}

/** By the header, else by the XML declaration, else GBK as everything here. */
function decodeBody({ headers, body }: LegacyRequest): string {
  const declared =
    /charset="?([\w-]+)/i.exec(String(headers['content-type'] ?? '')) ??
    /^<\?xml[^>]*encoding=["']([\w-]+)/.exec(body.subarray(0, 200).toString('latin1'));
  const charset = declared?.[1] ?? 'gbk';
  if (!iconv.encodingExists(charset)) {
    throw new Error(`Cannot read the request: its charset must be known, but is ${charset}`);
  }
  return iconv.decode(body, charset);
}

export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}

/** The operation's answer. @param body XML of the element that answers. */
export function callAnswer(version: SoapVersion, body: string): LegacyAnswer {
  return { ...envelopeAnswer(version, body), status: 200 };
}

/** @param by whose fault it is: 1.1 says Client or Server, 1.2 Sender or Receiver. */
export function faultAnswer(version: SoapVersion, by: 'caller' | 'system', reason: string): LegacyAnswer {
  const text = escapeXml(reason);
  const body =
    version === '1.1'
      ? `<soap:Fault><faultcode>soap:${by === 'caller' ? 'Client' : 'Server'}</faultcode><faultstring>${text}</faultstring></soap:Fault>`
      : `<soap:Fault><soap:Code><soap:Value>soap:${by === 'caller' ? 'Sender' : 'Receiver'}</soap:Value></soap:Code><soap:Reason><soap:Text xml:lang="zh">${text}</soap:Text></soap:Reason></soap:Fault>`;
  return { ...envelopeAnswer(version, body), status: 500 };
}

function envelopeAnswer(version: SoapVersion, body: string): Omit<LegacyAnswer, 'status'> {
  const text = `<?xml version="1.0" encoding="GBK"?><soap:Envelope xmlns:soap="${NAMESPACES[version]}"><soap:Body>${body}</soap:Body></soap:Envelope>`;
  return { type: TYPES[version], charset: 'gbk', text: withNumericReferences(text) };
}
