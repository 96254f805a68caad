/**
 * V8's flags for a process that serves. What a busy place in the code makes outlives a collection of young objects as long as its request
 * does; after enough of that V8 makes it among the old ones from the start. There it holds its request, which is dead soon after, until the
 * next full collection, and is copied with it: half as much CPU again, for as long as the process lives (decision 59).
 */
export const SERVING_FLAGS: readonly string[] = ['--no-allocation-site-pretenuring'];
