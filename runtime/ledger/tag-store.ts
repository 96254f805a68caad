/** Where machines leave short texts for each other that are of use for a while. */
export interface TagStore {
  /** @throws whatever keeps it from answering. */
  ask(question: TagQuestion): Promise<TagAnswer>;
  /** Whoever has asked for so long goes on without it. Milliseconds. */
  readonly patienceMs: number;
  close(): Promise<void>;
}

export type TagQuestion =
  | { readonly find: string }
  | { readonly keep: string; readonly text: string; readonly forMs: number };

export interface TagAnswer {
  /** What was found. Null: nothing, or nothing was looked for. */
  readonly text: string | null;
}
