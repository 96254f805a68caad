import type { World } from '../world/world.js';
import { compareTexts, groupBySubject, pointerKey } from './by-subject.js';
import { canonicalId } from './canonical-id.js';
import { isValid } from './legal-clocks.js';
import { type LicenceFacts, licenceFacts, type OracleOptions } from './records.js';

interface GoneButLicensed {
  readonly id: string;
  readonly name: string;
  readonly regState: 'CANCELLED' | 'REVOKED';
  /** Valid ones of all departments, by type and number. */
  readonly licences: readonly LicenceFacts[];
}

/** Question 9: organisations whose registration is cancelled or revoked, and what they still hold. By canonical id. */
export function goneButLicensed(world: World, options: OracleOptions): readonly GoneButLicensed[] {
  const today = options.today ?? world.today;
  const valid = groupBySubject(
    world.licences.filter((licence) => isValid(licence, today)),
    ({ holder }) => holder,
  );
  const found = world.organisations.flatMap(({ index, name, regState }) => {
    const pointer = { kind: 'organisation', index } as const;
    const licences = valid.get(pointerKey(pointer))?.items ?? [];
    if ((regState !== 'CANCELLED' && regState !== 'REVOKED') || licences.length === 0) return [];
    return [
      {
        id: canonicalId(world, pointer, options.personKey),
        name,
        regState,
        licences: [...licences]
          .sort((a, b) => compareTexts(a.type, b.type) || compareTexts(a.number, b.number))
          .map((licence) => licenceFacts(licence, today)),
      },
    ];
  });
  return found.sort((a, b) => compareTexts(a.id, b.id));
}
