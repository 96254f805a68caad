/** Whether a caller gave an argument: null is as good as nothing. */
export function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}
