import { GraphQLError } from 'graphql';
import { briefText } from '../../../runtime/brief-text.js';
import type { ExecutedAnswer, Executor } from '../../execute/executor.js';
import type { LimitValues } from '../request-limits.js';

/** The same executor, but its answers tell of so many errors only, each no longer than so much. */
export function boundErrors<T extends Pick<Executor, 'execute'>>(
  executor: T,
  limits: Pick<LimitValues, 'errors' | 'errorLength'>,
): T {
  return {
    ...executor,
    execute: async (...asked: Parameters<Executor['execute']>) => {
      const answer = await executor.execute(...asked);
      if (answer.errors.length === 0) return answer;
      if (answer.kind === 'refused') return { ...answer, errors: shorten(answer.errors, limits) };
      return boundAnswer(answer, limits);
    },
  };
}

function boundAnswer(
  answer: ExecutedAnswer,
  limits: Pick<LimitValues, 'errors' | 'errorLength'>,
): ExecutedAnswer {
  const omittedErrors = answer.errors.length - limits.errors;
  return {
    ...answer,
    errors: shorten(answer.errors, limits),
    ...(omittedErrors > 0 && { omittedErrors }),
  };
}

function shorten(
  errors: readonly GraphQLError[],
  { errors: most, errorLength }: Pick<LimitValues, 'errors' | 'errorLength'>,
): readonly GraphQLError[] {
  return errors.slice(0, most).map((error) => {
    if (error.message.length <= errorLength) return error;
    const { path, extensions, originalError, nodes } = error;
    return new GraphQLError(briefText(error.message, errorLength), {
      path: path ?? null,
      nodes: nodes ?? null,
      extensions,
      originalError: originalError ?? null,
    });
  });
}
