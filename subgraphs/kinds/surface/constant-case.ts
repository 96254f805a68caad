/** The name of a field as an enum value: `filedAt` → `FILED_AT`. */
export function constantCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}
