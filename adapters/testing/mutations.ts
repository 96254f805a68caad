/** Numbers from 0 up to, but not with, 1. */
export type Random = () => number;

/** A repeatable sequence (mulberry32); print the seed with what it found. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What parsers of JSON, XML, CSV, zip and text like to stumble over. */
const PIECES: readonly Buffer[] = [
  ...[
    '{',
    '}',
    '[',
    ']',
    '"',
    ',',
    ':',
    '\\',
    '\\u0000',
    '\\ud83d',
    'null',
    'true',
    '{}',
    '[]',
    '-0',
    '1e999',
  ],
  ...['99999999999999999999999999', '"__proto__":{"x":1},', '"constructor":1,', "'", ';', '\r\n', '\n', '\t'],
  ...['<', '>', '&', '&amp;', '&#x0;', '&#xD800;', '&x;', '</', '/>', '<!--', '-->', '<![CDATA[', ']]>'],
  ...[
    '<?xml version="1.0" encoding="UTF-16"?>',
    '<!DOCTYPE a [<!ENTITY x "y">]>',
    '<html>',
    '锟斤拷',
    '\ufffd',
    '嵊泗',
  ],
].map((text) => Buffer.from(text));
const BYTES: readonly Buffer[] = [
  [0],
  [0xff],
  [0x80],
  [0xc0, 0x80],
  [0xef, 0xbb, 0xbf],
  [0xb5],
  [0x81, 0x30],
].map((bytes) => Buffer.from(bytes));

/** Where structure has its seams. */
const SEAM = /[{}[\]",:<>&;\r\n\t/=]/;

type Mutation = (random: Random, bytes: Buffer) => Buffer;

const MUTATIONS: readonly Mutation[] = [
  flipBit,
  (random, bytes) => replace(bytes, span(random, bytes, 8), [randomBytes(random, 1 + at(random, 8))]),
  (random, bytes) => replace(bytes, span(random, bytes, 64), []),
  (random, bytes) => replace(bytes, empty(random, bytes), [pick(random, PIECES)]),
  (random, bytes) => replace(bytes, empty(random, bytes), [pick(random, BYTES)]),
  (random, bytes) => bytes.subarray(0, at(random, bytes.length + 1)),
  (random, bytes) => bytes.subarray(at(random, bytes.length + 1)),
  (random, bytes) => replace(bytes, token(random, bytes), []),
  (random, bytes) => replace(bytes, token(random, bytes), [pick(random, PIECES)]),
  (random, bytes) => {
    const place = token(random, bytes);
    return replace(bytes, place, Array<Buffer>(2 + at(random, 40)).fill(bytes.subarray(...place)));
  },
  (random, bytes) => replace(bytes, token(random, bytes), [bytes.subarray(...token(random, bytes))]),
  (random, bytes) => replace(bytes, empty(random, bytes), Array<Buffer>(200).fill(pick(random, PIECES))),
];

/** The bytes with one change, or now and then up to four, of single bytes and of structure. The input stays as it is. */
export function mutate(random: Random, bytes: Uint8Array): Buffer {
  let mutated: Buffer = Buffer.from(bytes);
  for (let count = 1 + Math.floor(4 * random() ** 3); count > 0; count -= 1) {
    mutated = pick(random, MUTATIONS)(random, mutated);
  }
  return mutated;
}

type Span = readonly [start: number, end: number];

function flipBit(random: Random, bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  const index = at(random, copy.length);
  copy[index] = (copy[index] ?? 0) ^ (1 << at(random, 8));
  return copy.subarray(0, bytes.length);
}

function at(random: Random, length: number): number {
  return Math.floor(random() * length);
}

function pick<T>(random: Random, choices: readonly T[]): T {
  const choice = choices[at(random, choices.length)];
  if (choice === undefined) throw new Error('Cannot pick: there must be something to pick from');
  return choice;
}

function span(random: Random, bytes: Buffer, most: number): Span {
  const start = at(random, bytes.length + 1);
  return [start, Math.min(bytes.length, start + 1 + at(random, most))];
}

function empty(random: Random, bytes: Buffer): Span {
  const start = at(random, bytes.length + 1);
  return [start, start];
}

/** From one seam to one of the next three. */
function token(random: Random, bytes: Buffer): Span {
  const start = at(random, bytes.length + 1);
  let end = start;
  for (let seams = 1 + at(random, 3); seams > 0 && end < bytes.length; end += 1) {
    if (SEAM.test(String.fromCharCode(bytes[end] ?? 0))) seams -= 1;
  }
  return [start, end];
}

function replace(bytes: Buffer, [start, end]: Span, by: readonly Buffer[]): Buffer {
  return Buffer.concat([bytes.subarray(0, start), ...by, bytes.subarray(end)]);
}

function randomBytes(random: Random, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => at(random, 256)));
}
