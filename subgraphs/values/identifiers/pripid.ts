import { isDivision } from '../places/divisions.js';
import { CLEAN } from '../value-codec.js';
import { bareIdentifier, type IdentifierReading, unread } from './identifier.js';

/** 主体身份代码: division of the first registration and ten more characters. It carries no check. */
export function isPripid(text: string): boolean {
  return /^[0-9]{6}[0-9A-Z]{10}$/.test(text) && isDivision(text.slice(0, 6));
}

export function readPripid(text: string): IdentifierReading {
  const bare = bareIdentifier(text);
  return isPripid(bare) ? { value: bare, quality: CLEAN } : unread(bare);
}
