import { SourceRejected } from '../../source-error.js';
import type { WebParameters } from '../../web/web-protocol.js';
import type { SoapCharset } from '../soap-config.js';
import type { SoapDefinition } from '../soap-definition.js';
import { decodeXml } from '../xml/decode-xml.js';
import { decodeXmlBytes } from '../xml/decode-xml-bytes.js';
import { CHARSET_NAMES, encodeXml } from '../xml/encode-xml.js';
import { escapeXml } from '../xml/escape-xml.js';
import { checkPlaceholders } from './check-placeholders.js';
import type { Credentials } from './credentials.js';
import { compileTemplate } from './template.js';

interface Envelope {
  /**
   * The whole document. A parameter that is not given is the empty text.
   *
   * @throws {SourceRejected} on a value with a character that XML cannot hold.
   */
  fill(parameters: WebParameters, credentials: Credentials): string;
}

const NAMESPACES: Readonly<Record<SoapDefinition['version'], string>> = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
};
/** A value that breaks a template whose placeholder stands outside a text or a quoted attribute. */
const HOSTILE = `x' y="&<>z`;

/**
 * Compiles the templates of an operation. In `body`, the prefix `m` stands for the operation's namespace.
 *
 * @param action completes the sentence "Cannot …".
 * @throws {SourceRejected} when a template names a parameter that nothing gives, leaves out one that is to be sent,
 *   or is no XML once it is filled.
 */
export function compileEnvelope(
  definition: SoapDefinition,
  charset: SoapCharset,
  credentials: Credentials,
  action: string,
): Envelope {
  const body = compileTemplate(definition.body);
  const request = definition.request === undefined ? null : compileTemplate(definition.request.trim());
  checkPlaceholders(definition, body, request, credentials, action);
  const operation = `m:${definition.operation}`;
  const head =
    `<?xml version="1.0" encoding="${CHARSET_NAMES[charset]}"?>\n` +
    `<soap:Envelope xmlns:soap="${NAMESPACES[definition.version]}"><soap:Body>` +
    `<${operation} xmlns:m="${escapeXml(definition.namespace)}">`;
  const tail = `</${operation}></soap:Body></soap:Envelope>`;
  const fill = (valueFor: (name: string) => string): string =>
    head +
    body.fill((name) => (name === 'request' && request !== null ? request.fill(valueFor) : valueFor(name))) +
    tail;
  const hostile = () => HOSTILE;
  checkXml(fill(hostile), charset, action);
  if (request !== null) checkXml(request.fill(hostile), charset, action);
  return {
    fill: (parameters, { user = '', password = '' }) =>
      fill((name) => {
        if (name === 'user') return user;
        if (name === 'password') return password;
        return parameters.get(name) ?? '';
      }),
  };
}

/** Names outside the charset have become references by now, which are no names. */
function checkXml(xml: string, charset: SoapCharset, action: string): void {
  try {
    decodeXml(decodeXmlBytes(encodeXml(xml, charset), '', charset, action), action);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SourceRejected(
      `Cannot ${action}: a template must be XML with placeholders in texts and quoted attributes, but: ${reason}`,
      { cause },
    );
  }
}
