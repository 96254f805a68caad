import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLError, OperationDefinitionNode } from 'graphql';
import type { ExecutedAnswer, OperationRequest } from '../execute/executor.js';
import { answerBody } from './answer-text.js';
import type { DocumentStore } from './document-store.js';
import { type KeptAnswer, namesTag } from './kept-answers.js';

/** A plain query of a document that is known to be valid. */
interface DirectRequest {
  readonly operation: OperationRequest;
  readonly definition: OperationDefinitionNode;
  readonly contentType: string;
  readonly registeredName: string | null;
  /** Why it is not carried out all the same. */
  readonly refused: GraphQLError | null;
}

const JSON_TYPE = 'application/json; charset=utf-8';
const GRAPHQL_TYPE = 'application/graphql-response+json; charset=utf-8';

/** Values of `accept`, and the content type of their answers. Apollo Server serves any other value. */
const CONTENT_TYPES: ReadonlyMap<string | undefined, string> = new Map([
  [undefined, JSON_TYPE],
  ['*/*', JSON_TYPE],
  ['application/json', JSON_TYPE],
  ['application/json, text/plain, */*', JSON_TYPE],
  ['application/graphql-response+json', GRAPHQL_TYPE],
  ['application/graphql-response+json,application/json;q=0.9', GRAPHQL_TYPE],
  ['application/graphql-response+json, application/json', GRAPHQL_TYPE],
]);

/**
 * Whether a request can be answered without Apollo Server: one query of a document that it has validated before, with
 * nothing about it that asks for more. Null sends the request its way, which gives the same answer.
 */
export function findDirect(
  { headers }: Pick<FastifyRequest, 'headers'>,
  body: unknown,
  documents: DocumentStore,
): DirectRequest | null {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return null;
  const contentType = CONTENT_TYPES.get(headers.accept);
  const { query, variables, operationName, extensions } = body as Readonly<Record<string, unknown>>;
  if (contentType === undefined || typeof query !== 'string' || (extensions ?? null) !== null) return null;
  const name = operationName ?? undefined;
  if (name !== undefined && (typeof name !== 'string' || name === '')) return null;
  if ((variables ?? null) !== null && (typeof variables !== 'object' || Array.isArray(variables)))
    return null;
  const known = documents.find(query);
  const definition = known?.operationOf(name) ?? null;
  if (known === undefined || definition === null) return null;
  const { document, documentId, registeredName } = known;
  return {
    operation: {
      document,
      documentId,
      operationName: name,
      variables: (variables ?? {}) as Readonly<Record<string, unknown>>,
      isRegistered: registeredName !== null,
    },
    definition,
    contentType,
    registeredName,
    refused: known.refuse(definition, variables),
  };
}

/** Sends an answer that can be polled: its tag, and nothing else to whom that is known. */
export function sendKept(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  { contentType }: Pick<DirectRequest, 'contentType'>,
  { body, etag }: KeptAnswer,
): FastifyReply {
  const vary = reply.getHeader('vary');
  void reply
    .header('cache-control', 'private, no-cache')
    .header('vary', vary === undefined ? 'Accept' : `${vary}, Accept`)
    .header('etag', etag);
  if (namesTag(headers['if-none-match'], etag)) return reply.code(304).send();
  return reply.header('content-type', contentType).send(body);
}

/** Sends what Apollo Server would. */
export function sendDirect(
  reply: FastifyReply,
  { contentType }: DirectRequest,
  answer: ExecutedAnswer,
): FastifyReply {
  return reply
    .header('cache-control', 'no-store')
    .header('content-type', contentType)
    .send(answerBody(answer));
}
