/** Runs `work` on every item, at most `places` at a time; answers are in the order of the items. */
export async function mapBounded<Item, Answer>(
  items: readonly Item[],
  places: number,
  work: (item: Item) => Promise<Answer>,
): Promise<readonly Answer[]> {
  const answers = new Map<number, Answer>();
  const queue = items.entries();
  const runner = async (): Promise<void> => {
    // All runners draw from the same iterator.
    for (const [index, item] of queue) answers.set(index, await work(item));
  };
  await Promise.all(Array.from({ length: Math.min(places, items.length) }, runner));
  return [...answers].sort(([left], [right]) => left - right).map(([, answer]) => answer);
}
