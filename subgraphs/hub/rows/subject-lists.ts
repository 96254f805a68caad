import type { GraphQLResolveInfo } from 'graphql';
import type { CallContext } from '../../../runtime/call/call-context.js';
import type { SubjectHandle } from '../../feed/subject-reference.js';
import { declarationOf, KINDS_OF_SUBJECTS, type RowKind } from '../../kinds/kinds.js';
import type { ListArguments } from '../filter/page-window.js';
import type { Hub } from '../hub.js';
import { answerList, readRowsQuery } from './list-resolvers.js';
import type { RowsConnection } from './rows-connection.js';
import { createSubjectReaders } from './subject-reader.js';

type SubjectListResolver = (
  subject: SubjectHandle,
  args: ListArguments,
  context: CallContext,
  info: GraphQLResolveInfo,
) => Promise<RowsConnection>;

/** `Subject.inspections` and its like. */
export function subjectListResolvers(hub: Hub): Readonly<Record<string, SubjectListResolver>> {
  const readerOf = createSubjectReaders(hub);
  const listOf =
    (kind: RowKind): SubjectListResolver =>
    async (subject, args, context, info) => {
      const query = await readRowsQuery(hub, kind, args, subject.id, context);
      return answerList(hub, readerOf(subject), query, context, info);
    };
  return Object.fromEntries(KINDS_OF_SUBJECTS.map((kind) => [declarationOf(kind).plural, listOf(kind)]));
}
