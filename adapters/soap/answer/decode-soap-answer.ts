import { SourceMalformed } from '../../source-error.js';
import { openParts } from '../../web/answer/multipart.js';
import { type AnswerShape, readAnswer, shorten } from '../../web/answer/read-answer.js';
import { rejectionOf } from '../../web/answer/rejection-of.js';
import { failureOfStatus } from '../../web/answer/status-failure.js';
import type { HttpAnswer } from '../../web/exchange.js';
import type { WebAnswer } from '../../web/web-protocol.js';
import type { SoapCharset } from '../soap-config.js';
import { decodeXmlBytes } from '../xml/decode-xml-bytes.js';
import type { XmlNode } from '../xml/xml-node.js';
import { decodeSoapEnvelope } from './decode-soap-envelope.js';
import { createXmlAnswer } from './xml-answer.js';

/** How the answers of one operation are built. */
interface SoapShape extends AnswerShape {
  /** Columns that the mapping reads. */
  readonly columns: readonly string[];
  /** Of answers that do not say theirs. */
  readonly charset: SoapCharset;
  /** What answers are in, whatever they state. */
  readonly answerCharset?: SoapCharset | undefined;
}

/**
 * An answer of any status, from its bytes to its rows. A fault counts whatever the status; without one, the status
 * tells who is to blame.
 *
 * @throws {SourceUnavailable} on a fault that the source takes upon itself, and on 408, 429 and statuses from 500 on.
 * @throws {SourceRejected} on other faults and statuses from 400 on, and on a code of failure.
 * @throws {SourceMalformed} on what is no SOAP, or not what the definition says.
 * @throws {SourceTooLarge}
 */
export function decodeSoapAnswer(answer: HttpAnswer, shape: SoapShape): WebAnswer {
  const { columns, action } = shape;
  const tree = createXmlAnswer(decodeBody(answer, shape), columns, action);
  const read = readAnswer(tree, { ...shape, omitsEmpty: true });
  if (read.kind === 'rows') return read.answer;
  const { code, message } = read;
  const Rejection = rejectionOf(code, message);
  throw new Rejection(
    `Cannot ${action}: the source must answer with success, but answers with code ` +
      `${JSON.stringify(shorten(code))}${message === '' ? '' : `: ${JSON.stringify(message)}`}`,
  );
}

function decodeBody(
  { status, headers, bytes }: HttpAnswer,
  { charset, answerCharset, action }: SoapShape,
): XmlNode {
  const isFailure = status >= 400;
  try {
    const { root, part } = openParts(headers.get('content-type') ?? '', bytes, action);
    const text = decodeXmlBytes(root.bytes, root.contentType, charset, action, answerCharset);
    const body = decodeSoapEnvelope(text, action, part);
    if (!isFailure) return body;
  } catch (error) {
    if (!isFailure || !(error instanceof SourceMalformed)) throw error;
  }
  const Failure = failureOfStatus(status);
  throw new Failure(`Cannot ${action}: the source must answer with success, but its status is ${status}`);
}
