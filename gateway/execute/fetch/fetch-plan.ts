import type { CollectObjects } from './collect-objects.js';
import type { Merge } from './compile-merge.js';
import type { RepresentationBuilder } from './compile-representations.js';
import type { DigitsCheck } from './digits-check.js';
import type { EchoedSelection } from './echoed-keys.js';
import type { ReplyShape } from './reply-shape.js';

/** What a plan makes the gateway ask of subgraphs, compiled once per operation. */
export interface FetchPlan {
  readonly groups: readonly FetchGroup[];
  readonly requests: readonly FetchRequest[];
}

/** One fetch of the plan: which groups it waits for, and which wait for it. */
export interface FetchGroup {
  readonly index: number;
  /** Place of its request in the plan. */
  readonly request: number;
  /** How many groups must be done before this one can start. */
  readonly waits: number;
  /** Sites that wait for this one. */
  readonly releases: readonly number[];
  /** Whether others of its request come after what this one need not wait for. */
  readonly isEarly: boolean;
}

/** One request to one subgraph. */
export interface FetchRequest {
  readonly index: number;
  readonly subgraph: string;
  /** What is sent. */
  readonly query: string;
  readonly operationName: string | undefined;
  /** Variables of the caller that the query uses. */
  readonly variableNames: readonly string[];
  /** Whether an answer has numbers whose digits `JSON.parse` may have changed. */
  readonly mayLoseDigits: DigitsCheck;
  /** How many requests wait for this one, one after the other. */
  readonly requestsAfter: number;
  readonly groups: readonly number[];
  readonly content: RootContent | EntityContent;
}

/** Fields of a root type. */
export interface RootContent {
  readonly kind: 'root';
  /** Where the objects of the root type are inside the answer; null for the answer's own root. */
  readonly place: RootPlace | null;
  readonly shape: ReplyShape;
  readonly merge: Merge;
  readonly rewrite: (data: unknown) => void;
  /** Whether `rewrite` changes anything. */
  readonly isRewritten: boolean;
  /** Response names of the fields. */
  readonly fields: readonly string[];
}

interface RootPlace {
  readonly path: readonly string[];
  readonly collect: CollectObjects;
}

export interface EntityContent {
  readonly kind: 'entities';
  /** What is sent instead of the request's query when the subgraph does not give keys back. */
  readonly keylessQuery: string;
  /** Changes while the plan is in use: whether the subgraph has failed to give keys back. */
  readonly keys: { areGiven: boolean };
  readonly parts: readonly EntityPart[];
}

/** One `_entities` field of a request. */
export interface EntityPart {
  /** Response name of the field. */
  readonly responseName: string;
  /** Name of the variable for the representations. */
  readonly variableName: string;
  readonly builder: RepresentationBuilder;
  readonly echo: Omit<EchoedSelection, 'selectionSet' | 'keylessSelectionSet'>;
  readonly rewrite: (entity: unknown) => void;
  /** Whether `rewrite` changes anything. */
  readonly isRewritten: boolean;
  readonly merge: Merge;
  readonly shape: ReplyShape;
  /** The same with the keys that are asked back. */
  readonly echoedShape: ReplyShape;
  /** Response names of the fields that are fetched of an entity. */
  readonly fields: readonly string[];
  readonly groups: readonly PartGroup[];
  /** Whether objects below an entity may be shared between the places that show it. */
  readonly sharesObjects: boolean;
}

interface PartGroup {
  /** Place in the plan's `groups`. */
  readonly group: number;
  readonly path: readonly string[];
  readonly collect: CollectObjects;
}
