import type { Policy } from '../../gateway/access/policy/policy.js';
import { findRequest } from '../../gateway/audit/read/find-request.js';
import type { RequestBook } from '../../gateway/observe/request-book.js';
import type { RequestMemory, RequestReport } from '../../subgraphs/port/request-report.js';

/** What one process, or all that serve a county, remember of a request; `of` names whose it must be, null: anybody's. */
export type FindRequest = (id: string, of: string | null) => Promise<RequestReport | null>;

interface MemoryParts {
  readonly find: FindRequest;
  /** What roles may; null: nobody is asked who he is. */
  readonly policy: () => Policy | null;
}

/** Who may see everybody's requests is told what others are, each his own. */
export function openRequestMemory({ find, policy }: MemoryParts): RequestMemory {
  return {
    find: (id, { name, role }) =>
      find(id, policy()?.roles.get(role)?.may.has('requests') === true ? null : name),
  };
}

/** In the order in which it is cheap to ask. */
export function findFirst(finders: readonly FindRequest[]): FindRequest {
  return async (id, of) => {
    for (const find of finders) {
      const found = await find(id, of);
      if (found !== null) return found;
    }
    return null;
  };
}

export function findInBook(book: Pick<RequestBook, 'find'>): FindRequest {
  return async (id, of) => book.find(id, (caller) => of === null || caller === of);
}

/**
 * What memory has forgotten is read from the audit for those who may see everybody's: to search it takes seconds of the disk,
 * which nobody else is granted. One search at a time.
 *
 * @param folder null: nothing is recorded.
 */
export function findInAudit(folder: () => string | null): FindRequest {
  let busy: Promise<unknown> = Promise.resolve();
  return (id, of) => {
    const place = folder();
    if (place === null || of !== null) return Promise.resolve(null);
    const found = busy.then(() => findRequest(place, id));
    busy = found.catch(() => undefined);
    return found;
  };
}
