/** A second place where segments are kept, such as a folder of another machine. It is only ever added to. */
export interface CopyPlace {
  /** Sizes of all files, by name. */
  sizes(): Promise<ReadonlyMap<string, number>>;
  /**
   * Adds bytes to a file; resolves when they are kept.
   *
   * @param size of the file before; another size is an error, and nothing is added.
   */
  add(name: string, size: number, bytes: Buffer): Promise<void>;
  /** @returns fewer bytes than `length` only at the file's end. */
  read(name: string, start: number, length: number): Promise<Buffer>;
  /** Removes what has been kept long enough. */
  remove(name: string): Promise<void>;
}
