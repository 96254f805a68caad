import { isRefusal } from './is-refusal.mjs';
import { getOf, postOf } from './raw-connection.mjs';

/**
 * @param {import('./known-operations.mjs').Known} known @param {string} url @param {number} perSecond
 * @param {{headers?: Readonly<Record<string, string>>, localAddress?: string}} [caller]
 * @returns {import('./open-loop.mjs').Stream}
 */
export function knownStream({ bodies, judge }, url, perSecond, { headers, localAddress } = {}) {
  const requests = bodies.map((body) => postOf(url, body, headers));
  return {
    url,
    perSecond,
    localAddress,
    request: (index) => requests[index % requests.length],
    judge: (index, status, chunks) => judge(index % requests.length, status, chunks),
  };
}

/** Documents that nobody has asked before. @param {string} url @param {number} perSecond @returns {import('./open-loop.mjs').Stream} */
export function freshStream(url, perSecond) {
  const stamp = Date.now();
  return {
    url,
    perSecond,
    request: (index) => {
      const query = `query N${stamp}x${index} { users { id name reviews { id body } } }`;
      return postOf(url, JSON.stringify({ query }));
    },
    judge: (_, status) => (isRefusal(status) ? 'refused' : status === 200 ? 'good' : 'wrong'),
  };
}

/**
 * What a monitor asks.
 *
 * @param {string} url of the gateway @param {string} path @param {number} perSecond
 * @returns {import('./open-loop.mjs').Stream}
 */
export function probeStream(url, path, perSecond) {
  const probeUrl = new URL(path, url).href;
  const request = getOf(probeUrl);
  return {
    url: probeUrl,
    perSecond,
    request: () => request,
    judge: (_, status) => (status === 200 ? 'good' : 'wrong'),
  };
}
