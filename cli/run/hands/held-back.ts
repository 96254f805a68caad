interface Held {
  readonly why: string;
  readonly by: string;
  readonly until: string;
}

/** What is held back of an interface by hand. */
export interface HeldBack {
  readonly paused: Held | null;
  readonly breakerOpened: Held | null;
}

/** The fields of `DataInterface` that tell it. */
export const HELD_BACK = 'paused { why by since until } breakerOpened { why by since until }';

/** In a line; null: nothing is held back. */
export function wordHeldBack({ paused, breakerOpened }: HeldBack): string | null {
  if (paused !== null) return word('暂停至 paused until', paused);
  return breakerOpened === null ? null : word('人工熔断至 breaker open by hand until', breakerOpened);
}

function word(what: string, { why, by, until }: Held): string {
  return `${what} ${until} (${by}: ${why})`;
}
