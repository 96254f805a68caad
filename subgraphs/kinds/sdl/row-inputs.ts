import { declarationOf, fieldOf, type RowKind } from '../kinds.js';
import { filterInputsOf } from '../surface/filter-inputs.js';
import { orderFieldsOf } from '../surface/order-fields.js';
import { describe, member } from './describe.js';

/** The filter and the order of a kind's lists. */
export function rowInputsSdl(kind: RowKind): string {
  const { fields, limits, subject } = declarationOf(kind);
  const filters = [
    member('每一项都须满足. All of them.', `and: [${kind}Filter!]`),
    member('至少一项满足. Any of them.', `or: [${kind}Filter!]`),
    member('不满足. The opposite.', `not: ${kind}Filter`),
    member('数据接口. The interface it comes from.', 'interface: [String!]'),
    ...[...filterInputsOf(kind).values()].map(({ name, type, words: text, field }) =>
      member(text, `${name}: ${type}`, fieldOf(kind, field)?.level),
    ),
    ...(subject === null ? [] : [member(subject.words, 'subject: SubjectRefFilter')]),
  ];
  const limitInputs = Object.values(limits).map(
    ({ input, inputWords, parameter, parameterWords, default: value }) =>
      `${describe(inputWords)}input ${input} {\n${member(parameterWords, `${parameter}: Int! = ${value}`)}}\n`,
  );
  const orders = orderFieldsOf(kind).map((name) =>
    member(fields[name]?.words ?? null, `${name}: SortDirection`, fields[name]?.level),
  );
  return [
    ...limitInputs,
    `input ${kind}Filter {\n${filters.join('')}}\n`,
    `${describe('每项恰写一个字段. Exactly one field each.')}input ${kind}Order {\n${orders.join('')}}\n`,
  ].join('\n');
}
