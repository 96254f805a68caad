import type { Caller } from '../../../runtime/call/caller.js';
import type { InterfaceInfo } from '../../feed/feed.js';

/** Whether the caller may know how an interface is: numbers of rows are those of all townships. */
export function isForCaller({ department }: Pick<InterfaceInfo, 'department'>, { scope }: Caller): boolean {
  const { departments, townships } = scope;
  return townships === null && (departments === null || departments.includes(department));
}
