import type { AdapterKind } from './adapter-kind.js';
import { fileKind } from './file/file-kind.js';
import { restKind } from './rest/rest-kind.js';
import { soapKind } from './soap/soap-kind.js';
import type { ObjectDefinition } from './source-object.js';
import { sqlKind } from './sql/sql-kind.js';

/** Every kind of adapter; a new kind is a folder and a line here. The order is that of keys in the mapping's schema. */
export const ADAPTER_KINDS = [sqlKind, restKind, soapKind, fileKind] as const;

/** How one source is reached. Files and folders are absolute; secrets show only by `reveal()`. */
export type ConnectionConfig = NonNullable<ReturnType<(typeof ADAPTER_KINDS)[number]['readConnection']>>;

/** The kind that a definition belongs to. @throws {RangeError} when no kind reads such objects. */
export function kindOfObject({ kind: block }: ObjectDefinition): AdapterKind {
  const found = ADAPTER_KINDS.find((kind) => kind.block === block);
  if (found !== undefined) return found;
  throw new RangeError(
    `Cannot read an object: its kind must be one of ${ADAPTER_KINDS.map((kind) => kind.block).join(', ')}, but is ${block}`,
  );
}

/** The kind of a configured connection; null when no kind has that dialect. */
export function kindOfDialect(dialect: string): AdapterKind | null {
  return ADAPTER_KINDS.find(({ dialects }) => dialects.includes(dialect)) ?? null;
}
