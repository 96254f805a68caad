import { SourceMalformed, SourceRejected, SourceUnavailable } from '../../source-error.js';
import type { HttpAnswer } from '../../web/exchange.js';
import type { WebAnswer } from '../../web/web-protocol.js';
import type { SoapCharset } from '../soap-config.js';
import type { SoapDefinition } from '../soap-definition.js';
import { decodeXmlBytes } from '../xml/decode-xml-bytes.js';
import type { AnswerNode } from '../xml/xml-node.js';
import { decodeSoapEnvelope } from './decode-soap-envelope.js';
import { readAnswer } from './xml-answer.js';

/** What it takes to understand the answers of one operation. */
export interface AnswerShape {
  readonly definition: SoapDefinition;
  /** Columns that the mapping reads. */
  readonly columns: readonly string[];
  /** Of answers that do not say theirs. */
  readonly charset: SoapCharset;
  /** Completes the sentence "Cannot …". */
  readonly action: string;
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
export function decodeAnswer(answer: HttpAnswer, shape: AnswerShape): WebAnswer {
  const { definition, columns, action } = shape;
  return readAnswer(decodeBody(answer, shape), definition, columns, action);
}

function decodeBody({ status, headers, bytes }: HttpAnswer, { charset, action }: AnswerShape): AnswerNode {
  const isFailure = status >= 400;
  try {
    const text = decodeXmlBytes(bytes, headers.get('content-type') ?? '', charset, action);
    const body = decodeSoapEnvelope(text, action);
    if (!isFailure) return body;
  } catch (error) {
    if (!isFailure || !(error instanceof SourceMalformed)) throw error;
  }
  const isDown = status >= 500 || status === 429 || status === 408;
  const Failure = isDown ? SourceUnavailable : SourceRejected;
  throw new Failure(`Cannot ${action}: the source must answer with success, but its status is ${status}`);
}
