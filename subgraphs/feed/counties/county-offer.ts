import { buildSchema, type GraphQLSchema } from 'graphql';
import type { CallContext } from '../../../runtime/call/call-context.js';
import type { FeedPort } from '../feed.js';
import { handleFeedMessage } from '../feed-messages.js';
import type { CountyDescription } from './county-description.js';

/** What a county offers the hub above it. */
export interface CountyOffer {
  /** All its interfaces, as of one department. */
  readonly feed: FeedPort;
  describe(): CountyDescription;
}

/** Serves what a county offers at `Query._feed`, by the messages of departments and one more: `county`. */
export function createOfferSchema(offer: () => CountyOffer): GraphQLSchema {
  const schema = buildSchema('scalar FeedMessage type Query { _feed(request: FeedMessage!): FeedMessage }');
  const field = schema.getQueryType()?.getFields()._feed;
  if (field === undefined) throw new TypeError('Cannot offer feeds: the schema must have the field _feed');
  field.resolve = (_parent: unknown, { request }: { readonly request?: unknown }, context: CallContext) => {
    const { feed, describe } = offer();
    return isCountyMessage(request) ? describe() : handleFeedMessage(feed, request, context);
  };
  return schema;
}

function isCountyMessage(message: unknown): boolean {
  return (
    typeof message === 'object' &&
    message !== null &&
    'operation' in message &&
    message.operation === 'county'
  );
}
