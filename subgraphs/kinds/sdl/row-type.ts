import type { FieldDeclaration } from '../field.js';
import type { KindDeclaration } from '../kind.js';
import type { RowKind } from '../kinds.js';
import { AGE_ARGUMENTS } from './age-arguments.js';
import { describe, member, ROUNDED_MEMBER } from './describe.js';
import { levelOfLink } from './link-level.js';

/** Arguments of every list of rows. */
export function listArguments(kind: string): string {
  return [
    `where: ${kind}Filter`,
    `orderBy: [${kind}Order!]`,
    'first: Int',
    'after: String',
    'last: Int',
    'before: String',
    ...AGE_ARGUMENTS,
  ].join(', ');
}

/** The type of a kind's rows, its edges and its connection. */
export function rowTypeSdl(declaration: KindDeclaration): string {
  const { name, words, subject, fields, derived, links } = declaration;
  const members = [
    member('全局标识. Global id.', 'id: ID!'),
    member('数据接口. The interface it comes from.', 'interface: String!'),
    ...[...Object.entries(fields), ...Object.entries(derived)].map(([field, one]) =>
      member(one.words, `${field}: ${typeOf(one)}`, one.level),
    ),
    ...(subject === null ? [] : [member(subject.words, 'subject: Subject')]),
    ...Object.entries(links).map(([link, declared]) =>
      member(
        declared.words,
        `${link}: ${declared.many === true ? `[${declared.to}!]` : declared.to}`,
        levelOfLink(name as RowKind, declared),
      ),
    ),
    member('数据质量标记，形如 CODE:field. What was repaired or unreadable.', 'quality: [String!]'),
  ];
  return [
    `${describe(words.type)}type ${name} implements Node @key(fields: "id") {\n${members.join('')}}\n`,
    `type ${name}Edge {\n  cursor: String!\n  node: ${name}!\n}\n`,
    connectionSdl(name),
  ].join('\n');
}

function connectionSdl(name: string): string {
  return [
    `type ${name}Connection {\n`,
    `  edges: [${name}Edge!]!\n`,
    `  nodes: [${name}!]!\n`,
    '  pageInfo: PageInfo!\n',
    member('总数；有接口缺失时为其余接口之和. Of the interfaces that answered.', 'totalCount: Int'),
    ROUNDED_MEMBER,
    '  coverage: [InterfaceCoverage!]!\n}\n',
  ].join('');
}

/** The GraphQL type of a field; every one may be null, for its source may not have it. */
function typeOf({ type, enum: enumName = '' }: Pick<FieldDeclaration, 'type' | 'enum'>): string {
  switch (type) {
    case 'Code':
      return enumName;
    case 'Codes':
      return `[${enumName}!]`;
    case 'Text':
      return 'String';
    case 'Texts':
      return '[String]';
    case 'Integer':
      return 'Int';
    default:
      return type;
  }
}
