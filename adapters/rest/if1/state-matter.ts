import { z } from 'zod';
import { SourceRejected } from '../../source-error.js';
import type { WebParameters } from '../../web/web-protocol.js';

/** The parameter in which every call of this generation says who it is made for, and for which legal matter (domain §1.1). */
const ADDITIONAL = 'additional';
const additional = z.record(z.string(), z.unknown());

/**
 * Writes the matter that a caller names in the place of the one that the mapping names; everything else that the mapping
 * says of those for whom it calls stays.
 *
 * @param purpose absent: the mapping's matter holds.
 * @param action for the message.
 * @throws {SourceRejected} where the mapping's parameter is no JSON object: a call must not state another matter.
 */
export function stateMatter(
  parameters: WebParameters,
  purpose: string | undefined,
  action: string,
): WebParameters {
  if (purpose === undefined) return parameters;
  const said = readAdditional(parameters.get(ADDITIONAL) ?? '{}', action);
  // A part of the mapping's matter is none of this one's.
  const part = Object.hasOwn(said, 'subPowerMatters') ? { subPowerMatters: '' } : {};
  return new Map([...parameters, [ADDITIONAL, JSON.stringify({ ...said, powerMatters: purpose, ...part })]]);
}

function readAdditional(text: string, action: string): Readonly<Record<string, unknown>> {
  try {
    return additional.parse(JSON.parse(text));
  } catch (cause) {
    throw new SourceRejected(
      `Cannot ${action}: ${ADDITIONAL} must be a JSON object in the mapping, so that it can name the caller's legal matter, but is not`,
      { cause },
    );
  }
}
