/** V8's heap as `/metrics` tells it. @param {string} url of the gateway @returns {Promise<{heapMb: number, oldMb: number}>} */
export async function readHeap(url) {
  const text = await (await fetch(new URL('/metrics', url))).text();
  const megabytes = (/** @type {RegExp} */ line) => Number(line.exec(text)?.[1]) / 1024 / 1024;
  return {
    heapMb: megabytes(/^nodejs_heap_size_used_bytes (\S+)$/m),
    oldMb: megabytes(/^nodejs_heap_space_size_used_bytes\{space="old"\} (\S+)$/m),
  };
}
