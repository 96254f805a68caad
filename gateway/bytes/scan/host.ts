/** What the host gives while a request is being worked on. */

/** @returns a block of so many bytes at least that belongs to the request, or 0. */
export declare function lend(bytes: usize): usize;
