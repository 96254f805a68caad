import { ALWAYS, type Condition } from '../../../adapters/condition.js';
import type { Caller } from '../../../runtime/call/caller.js';
import type { FieldMapping } from '../../values/field-mapping.js';
import { type CodecEnvironment, makeCodec } from '../../values/make-codec.js';
import type { ValueCodec } from '../../values/value-codec.js';

import type { InterfaceMapping } from '../mapping/mapping.js';

/** Which of an interface's rows a caller of limited scope may see. */
export interface RowScopeRule {
  /**
   * The condition that its rows must satisfy for a caller.
   *
   * @throws {AccessDenied} when the caller may see none of them, or it cannot be told which.
   */
  admit(caller: Caller): Condition;
}

/** A caller asks an interface none of whose rows are for him. */
export class AccessDenied extends Error {
  override readonly name = 'AccessDenied';

  /** @param detail a public sentence, Chinese first. */
  constructor(readonly detail: string) {
    super(`Cannot read rows for the caller: ${detail}`);
  }
}

const NOT_HIS = '该数据接口不在调用者的部门范围之内。The interface is of no department of the caller’s.';
const NO_TOWNSHIP =
  '该数据接口不分乡镇，不对限定乡镇的调用者开放。The interface tells no townships: callers of some townships are not given its rows.';

/**
 * Compiles `scope:` of a mapping. What is shared without conditions is for everybody, whatever the scope.
 */
export function compileRowScope(mapping: InterfaceMapping, environment: CodecEnvironment): RowScopeRule {
  if (mapping.catalogue?.share === 'UNCONDITIONAL') return { admit: () => ALWAYS };
  const { owner, scope } = mapping;
  const column = scope.township;
  const codec = column === undefined ? null : makeCodec(townshipField(mapping, column), environment);
  return {
    admit: ({ scope: { townships, departments } }) => {
      if (departments !== null && !departments.includes(owner.department)) throw new AccessDenied(NOT_HIS);
      if (townships === null) return ALWAYS;
      if (column === undefined || codec === null) throw new AccessDenied(NO_TOWNSHIP);
      return ofTownships(codec, column, townships, mapping.interface);
    },
  };
}

/** The column as the mapping reads it, or as a township. */
function townshipField({ fields, place }: InterfaceMapping, column: string): FieldMapping {
  const read = [...fields.values()].find((field) => field.column === column && field.type === 'Township');
  return read ?? { place, name: 'scope', column, type: 'Township', nulls: [] };
}

function ofTownships(
  codec: ValueCodec,
  column: string,
  townships: readonly string[],
  name: string,
): Condition {
  const pushed = codec.push({ op: 'in', values: townships }, column);
  // A condition that lets more through would let through what is not the caller's.
  if (pushed?.exact !== true) {
    throw new AccessDenied(
      `${name} 的乡镇列无法准确筛选。The township column of ${name} cannot be filtered exactly.`,
    );
  }
  return pushed.condition;
}
