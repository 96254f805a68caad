import type { DocumentNode } from 'graphql';
import { countTokens } from '../plan/document-parts.js';
import type { Authorised, PreparedOperation } from './compile-operation.js';
import type { DescribedOperation } from './described-operation.js';

/**
 * Estimated bytes of what is kept of an operation. Measured on the county's graph by the heap after garbage collection, over 1,000
 * different operations made of the examples (110 tokens on average) and 250 wide ones (220 tokens), with and without spaces:
 * a document takes 312 to 335 bytes a token, a description 570 bytes, what a caller may have 62 to 89 bytes a token, a
 * cost 40 to 47, and a compiled plan 48 to 57 a character of what was planned. Figures here are rounded up.
 */
const DOCUMENT_TOKEN = 340;
const AUTHORISED_TOKEN = 90;
const DENIED_SELECTION = 200;
const COST_TOKEN = 50;
/** A third more than measured: code that is made of a plan grows when it first runs. */
const PLANNED_CHARACTER = 75;
/** Keys, and the maps that hold them. */
const ENTRY = 1000;

export function documentBytes(document: DocumentNode): number {
  return ENTRY + countTokens(document) * DOCUMENT_TOKEN;
}

/** @param asked the caller's document, which a description shares as far as it can. */
export function describedBytes({ document }: DescribedOperation, asked: DocumentNode): number {
  return document === asked ? ENTRY : ENTRY + documentBytes(asked);
}

export function costBytes(asked: DocumentNode): number {
  return ENTRY + countTokens(asked) * COST_TOKEN;
}

export function authorisedBytes({ denied, masked, unmasked }: Authorised, asked: DocumentNode): number {
  const listed = denied.length + masked.length + unmasked.length;
  return ENTRY + countTokens(asked) * AUTHORISED_TOKEN + listed * DENIED_SELECTION;
}

/** Fragments are unfolded in what is sent, so that it may be longer than what was planned. */
export function preparedBytes({ planned, plan, fetchPlan }: PreparedOperation): number {
  const sent = fetchPlan.requests.reduce((sum, { query }) => sum + query.length, 0);
  return ENTRY + Math.max(planned.length, sent) * PLANNED_CHARACTER + plan.length;
}
