import { readFileSync } from 'node:fs';
import { parse } from 'graphql';

/** Enums of which the console shows values. */
const SHOWN = [
  'InterfaceState',
  'InterfaceMeasure',
  'InterfaceIncidentCause',
  'InterfaceIncidentSeverity',
  'InterfaceKind',
  'SharingAttribute',
  'DataLevel',
  'CoverageState',
  'RequestOutcome',
  'RequestOrigin',
  'RequestCallOrigin',
  'RequestMemory',
];

/**
 * What values of enums are called, as the graph's own descriptions say: «中文. English.»
 *
 * @returns {Record<string, Record<string, [zh: string, en: string]>>}
 */
export function readSchemaWords() {
  const { definitions } = parse(readFileSync(new URL('../../schema/api.graphql', import.meta.url), 'utf8'));
  const enums = definitions.filter(
    ({ kind, name }) => kind === 'EnumTypeDefinition' && SHOWN.includes(name.value),
  );
  return Object.fromEntries(
    enums.map(({ name, values }) => [
      name.value,
      Object.fromEntries(values.map((value) => [value.name.value, wordsOf(value)])),
    ]),
  );
}

function wordsOf({ name, description }) {
  const [zh = '', ...english] = (description?.value ?? '').trim().split('. ');
  const en = english.join('. ').replace(/\.$/, '');
  return [zh === '' ? name.value : zh.replace(/\.$/, ''), en === '' ? name.value : en];
}
