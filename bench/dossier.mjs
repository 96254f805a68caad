// What the widest dossier costs: a subject with every facet and every list, cold (plan included) and warm.
// node bench/dossier.mjs [url] [repeats] [uscc]
import { readFileSync } from 'node:fs';
import { buildSchema, getNamedType, isLeafType, isObjectType, isRequiredArgument } from 'graphql';
import { Client } from 'undici';
import { median } from './load/statistics.mjs';

const [
  url = 'http://127.0.0.1:4000/graphql',
  repeats = '30',
  // Of the examples: what the county knows most of.
  uscc = '91330922MA28K00156',
] = process.argv.slice(2);
/** Rows of each list of the subject, and of each list within a facet. */
const ROWS = 10;
const FACET_ROWS = 5;

const schema = buildSchema(readFileSync(new URL('../schema/api.graphql', import.meta.url), 'utf8'), {
  assumeValid: true,
});

const subject = schema.getType('Subject');
if (!isObjectType(subject)) throw new Error('schema/api.graphql has no type Subject');

/** @param {import('graphql').GraphQLField<unknown, unknown>} field */
const isList = (field) => field.args.some(({ name }) => name === 'first');

/** @param {import('graphql').GraphQLObjectType} type */
const askable = (type) =>
  Object.values(type.getFields()).filter(({ args }) => !args.some(isRequiredArgument));

/**
 * Every field beneath a type, so many objects deep; the subject itself is not asked again.
 *
 * @param {import('graphql').GraphQLObjectType} type @param {number} depth @returns {string}
 */
function fieldsOf(type, depth) {
  const fields = askable(type).flatMap((field) => {
    const inner = getNamedType(field.type);
    if (isLeafType(inner)) return [field.name];
    if (depth === 0 || !isObjectType(inner) || inner === subject) return [];
    const within = fieldsOf(inner, depth - 1);
    return within === ''
      ? []
      : [`${field.name}${isList(field) ? `(first: ${FACET_ROWS})` : ''} { ${within} }`];
  });
  return fields.join(' ');
}

/** @param {import('graphql').GraphQLField<unknown, unknown>} field @returns {string} */
function askWhole(field) {
  const type = getNamedType(field.type);
  if (isLeafType(type)) return field.name;
  if (!isObjectType(type)) return '';
  if (type === subject) return `${field.name} { ${fieldsOf(type, 0)} }`;
  const { nodes, totalCount } = type.getFields();
  if (nodes === undefined) return `${field.name} { ${fieldsOf(type, 1)} }`;
  const node = getNamedType(nodes.type);
  const rows = isObjectType(node) ? fieldsOf(node, 0) : '';
  const count = totalCount === undefined ? '' : 'totalCount ';
  return `${field.name}(first: ${ROWS}) { ${count}nodes { ${rows} } coverage { interface state asOf } }`;
}

const parts = askable(subject)
  .map(askWhole)
  .filter((part) => part !== '');
const query = `query Dossier($uscc: String!) { subject(by: { uscc: $uscc }) {\n${parts.join('\n')}\n} }`;

const { origin, pathname } = new URL(url);
const client = new Client(origin);

/** @param {string} text @returns {Promise<{ ms: number, answer: any, bytes: number }>} */
async function ask(text) {
  const started = performance.now();
  const { body } = await client.request({
    method: 'POST',
    path: pathname,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: text, variables: { uscc } }),
  });
  const told = await body.text();
  return { ms: performance.now() - started, answer: JSON.parse(told), bytes: told.length };
}

const cold = await ask(`${query}\n# ${Math.random()}`);
if (cold.answer.errors !== undefined) throw new Error(JSON.stringify(cold.answer.errors[0]));
const warm = [];
for (let run = 0; run < Number(repeats); run++) warm.push((await ask(query)).ms);
console.log(
  `${parts.length} fields of a subject, ${query.length} characters; answer ${cold.bytes} characters`,
);
console.log(`cold ${cold.ms.toFixed(0)} ms, warm median ${median(warm).toFixed(0)} ms`);
await client.close();
