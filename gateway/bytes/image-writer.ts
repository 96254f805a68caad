/** Writes an image of records and texts: see `layout.ts`. */
export interface ImageWriter {
  /** Room for a record, all zeros. @returns its place. */
  record(bytes: number): number;
  /** Sets a word of a record. */
  set(record: number, at: number, value: number): void;
  /** Places a text behind the records and names it in two words of a record: its place, and its length in bytes. */
  text(record: number, at: number, text: string): void;
  /** The same for bytes. */
  bytes(record: number, at: number, bytes: Buffer): void;
  /** Of all records so far. */
  recordBytes(): number;
  finish(): Uint8Array;
}

const WORD_BYTES = 4;

export function createImageWriter(): ImageWriter {
  const words: number[] = [];
  const places = new Map<string, number>();
  const texts: Buffer[] = [];
  let textBytes = 0;
  /** Words that name a text, whose place is known when all records are there. */
  const named: { readonly word: number; readonly place: number }[] = [];
  const placeOf = (bytes: Buffer): number => {
    const id = bytes.toString('latin1');
    const known = places.get(id);
    if (known !== undefined) return known;
    const place = textBytes;
    places.set(id, place);
    texts.push(bytes);
    textBytes += bytes.length;
    return place;
  };
  const nameBytes = (record: number, at: number, bytes: Buffer): void => {
    const word = (record + at) / WORD_BYTES;
    named.push({ word, place: placeOf(bytes) });
    words[word + 1] = bytes.length;
  };
  return {
    record: (bytes) => {
      const place = words.length * WORD_BYTES;
      for (let at = 0; at < bytes; at += WORD_BYTES) words.push(0);
      return place;
    },
    set: (record, at, value) => {
      words[(record + at) / WORD_BYTES] = value;
    },
    text: (record, at, text) => nameBytes(record, at, Buffer.from(text)),
    bytes: nameBytes,
    recordBytes: () => words.length * WORD_BYTES,
    finish: () => {
      const recordBytes = words.length * WORD_BYTES;
      for (const { word, place } of named) words[word] = recordBytes + place;
      const image = Buffer.alloc(recordBytes + textBytes);
      words.forEach((word, index) => void image.writeInt32LE(word, index * WORD_BYTES));
      texts.reduce((at, bytes) => at + bytes.copy(image, at), recordBytes);
      return image;
    },
  };
}
