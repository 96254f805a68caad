import { declarationOf, KINDS, KINDS_OF_SUBJECTS, ROW_KINDS, type RowKind } from '../kinds.js';
import { enumSdl, member } from './describe.js';
import { rowInputsSdl } from './row-inputs.js';
import { rowStatsSdl, statsArguments } from './row-stats.js';
import { listArguments, rowTypeSdl } from './row-type.js';
import { subjectSdl } from './subject-sdl.js';

/** `inspectionStats` */
export function statsFieldOf(kind: RowKind): string {
  return `${kind.charAt(0).toLowerCase()}${kind.slice(1)}Stats`;
}

/** What the hub's SDL holds of every kind; `hub/schema.graphql` holds the rest. */
export function kindsSdl(): string {
  const roots = ROW_KINDS.flatMap((kind) => {
    const { plural, words } = declarationOf(kind);
    return [
      member(words.list, `${plural}(${listArguments(kind)}): ${kind}Connection`),
      member(words.stats, `${statsFieldOf(kind)}(${statsArguments(kind)}): ${kind}Stats`),
    ];
  });
  const ofSubject = KINDS_OF_SUBJECTS.map((kind) => {
    const { plural, subject } = declarationOf(kind);
    return member(
      subject?.list ?? null,
      `${plural}(${listArguments(kind)}): ${kind}Connection @requires(fields: "keys")`,
    );
  });
  return [
    `extend type Query {\n${roots.join('')}}\n`,
    enumSdl(
      'InterfaceKind',
      '清单. What interfaces contribute to.',
      KINDS.map((kind) => [kind.toUpperCase(), declarationOf(kind).words.type]),
    ),
    `extend type Subject {\n${ofSubject.join('')}}\n`,
    ...ROW_KINDS.flatMap((kind) => [rowTypeSdl(declarationOf(kind)), rowInputsSdl(kind), rowStatsSdl(kind)]),
    subjectSdl(),
  ].join('\n');
}
