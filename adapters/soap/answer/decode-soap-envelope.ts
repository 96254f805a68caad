import {
  CredentialsRefused,
  SourceMalformed,
  SourceRejected,
  SourceUnavailable,
} from '../../source-error.js';
import { speaksOfCredentials } from '../../web/answer/rejection-of.js';
import { decodeXml } from '../xml/decode-xml.js';
import type { XmlNode } from '../xml/xml-node.js';
import { resolveReferences } from './resolve-references.js';

/** Faults for which the source itself is to blame: SOAP 1.1 and 1.2. */
const OWN_FAULTS = new Set(['Server', 'Receiver']);
/** Of WS-Security, and of Axis. */
const SECURITY_FAULTS = /FailedAuthentication|FailedCheck|InvalidSecurity|SecurityToken|Authentication/;
const MAX_REASON = 200;

/**
 * The body of a SOAP answer, of either version.
 *
 * @param action completes the sentence "Cannot …".
 * @param part gives a part of a multipart answer. Default: there is none.
 * @throws {SourceMalformed} when it is something else, such as a page of HTML.
 * @throws {SourceUnavailable} on a fault that the source takes upon itself.
 * @throws {SourceRejected} on any other fault.
 */
export function decodeSoapEnvelope(
  text: string,
  action: string,
  part: (id: string) => Buffer | null = () => null,
): XmlNode {
  const [root] = decodeXml(text, action).children;
  const bodies = root?.name === 'Envelope' ? childrenNamed(root, 'Body') : [];
  const [body] = bodies;
  if (body === undefined || bodies.length > 1) {
    const found = JSON.stringify(root?.name ?? '');
    throw new SourceMalformed(
      `Cannot ${action}: the answer must be a SOAP envelope with one body, but its root is ${found}`,
    );
  }
  const [fault] = childrenNamed(body, 'Fault');
  if (fault !== undefined) throw toError(fault, action);
  return resolveReferences(body, part, action);
}

function toError(fault: XmlNode, action: string): SourceRejected | SourceUnavailable {
  const code = textAt(fault, ['faultcode']) || textAt(fault, ['Code', 'Value']);
  const reason = textAt(fault, ['faultstring']) || textAt(fault, ['Reason', 'Text']);
  // `soap:Server.userException` is a kind of `Server`.
  const [kind = ''] = code.trim().split(':').slice(-1).join('').split('.');
  const isOfCaller = SECURITY_FAULTS.test(code) || speaksOfCredentials('', reason);
  const OtherFault = OWN_FAULTS.has(kind) ? SourceUnavailable : SourceRejected;
  const Fault = isOfCaller ? CredentialsRefused : OtherFault;
  return new Fault(
    `Cannot ${action}: the operation must succeed, but ends in the SOAP fault ` +
      `${JSON.stringify(code.slice(0, MAX_REASON))}: ${JSON.stringify(reason.slice(0, MAX_REASON))}`,
  );
}

function textAt(node: XmlNode, path: readonly string[]): string {
  let at: XmlNode | undefined = node;
  for (const name of path) at = at === undefined ? undefined : childrenNamed(at, name)[0];
  return at?.text ?? '';
}

function childrenNamed(node: XmlNode, name: string): readonly XmlNode[] {
  return node.children.filter((child) => child.name === name);
}
