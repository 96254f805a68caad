import { GraphQLError, type GraphQLResolveInfo, responsePathAsArray } from 'graphql';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { perRequest } from '../../../runtime/call/per-request.js';
import { isErrorCode, publicError } from '../../../runtime/errors.js';
import type { FeedPort } from '../../feed/feed.js';
import { noteError } from '../../port/answer-notes.js';

/** Which departments and counties have not told what they know, request by request. */
export interface AwayNotes {
  /** What one tells; `nothing` where it does not answer, which is remembered. */
  orNothing<T>(
    feed: Pick<FeedPort, 'department'>,
    asked: Promise<T> | undefined,
    nothing: T,
    context: CallContext,
  ): Promise<T>;
  /** Says at a field who has not told in this request; of each once. */
  noteAway(context: CallContext, at: Pick<GraphQLResolveInfo, 'path'>): void;
}

export function createAwayNotes(): AwayNotes {
  const awayIn = perRequest(() => new Map<string, { error: GraphQLError; isNoted: boolean }>());
  return {
    orNothing: async ({ department }, asked, nothing, context) => {
      try {
        return (await asked) ?? nothing;
      } catch (caught) {
        const error = awayError(caught, department);
        const known = awayIn(context);
        if (!known.has(error.message)) known.set(error.message, { error, isNoted: false });
        return nothing;
      }
    },
    noteAway: (context, { path }) => {
      for (const away of awayIn(context).values()) {
        if (!away.isNoted) noteError(context, placedAt(away.error, responsePathAsArray(path)));
        away.isNoted = true;
      }
    },
  };
}

/** A county has said which it is; what fails here is nobody's who could be named. */
function awayError(caught: unknown, department: string): GraphQLError {
  const code = caught instanceof GraphQLError ? caught.extensions.code : undefined;
  if (caught instanceof GraphQLError && String(code).startsWith('COUNTY_')) return caught;
  if (isErrorCode(code)) return publicError(code, `${department}。`);
  const originalError = caught instanceof Error ? caught : undefined;
  return publicError('INTERNAL', '观测历史不可读。The history of what was observed cannot be read.', {
    ...(originalError !== undefined && { originalError }),
  });
}

function placedAt(
  { message, extensions, originalError }: GraphQLError,
  path: (string | number)[],
): GraphQLError {
  return new GraphQLError(message, {
    path,
    extensions,
    ...(originalError !== undefined && { originalError }),
  });
}
