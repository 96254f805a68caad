import type { Caller } from '../../runtime/call/caller.js';

/** Whether the caller may know how an interface is: numbers of rows are those of all townships. */
export function isForCaller({ department }: { readonly department: string }, { scope }: Caller): boolean {
  const { departments, townships } = scope;
  return townships === null && (departments === null || departments.includes(department));
}
