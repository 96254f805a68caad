import { CLEAN } from '../value-codec.js';
import { bareIdentifier, type IdentifierReading, unread } from './identifier.js';

/** 渔船编码: sixteen digits. No official text says more, so no more is asked; repetitions of one digit are fillers. */
export function isVesselCode(text: string): boolean {
  return /^[0-9]{16}$/.test(text) && !/^(.)\1*$/.test(text);
}

export function readVesselCode(text: string): IdentifierReading {
  const bare = bareIdentifier(text);
  return isVesselCode(bare) ? { value: bare, quality: CLEAN } : unread(bare);
}
