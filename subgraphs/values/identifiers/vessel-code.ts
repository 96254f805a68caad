import { CLEAN } from '../value-codec.js';
import { bareIdentifier, type IdentifierReading, unread } from './identifier.js';

/** 船舶识别号 of merchant vessels: CN, the year of the keel, seven digits. How the last is computed is not public. */
const MERCHANT = /^CN(?:19|20)[0-9]{2}(?!0{7}$)[0-9]{7}$/;

/**
 * 渔船编码: sixteen digits. No official text says more, so no more is asked; repetitions of one digit are fillers.
 * Or 船舶识别号.
 */
export function isVesselCode(text: string): boolean {
  return (/^[0-9]{16}$/.test(text) && !/^(.)\1*$/.test(text)) || MERCHANT.test(text);
}

export function readVesselCode(text: string): IdentifierReading {
  const bare = bareIdentifier(text);
  return isVesselCode(bare) ? { value: bare, quality: CLEAN } : unread(bare);
}
