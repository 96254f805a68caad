/** The code of a township: nine digits. */
export const TOWNSHIP_CODE = /^\d{9}$/;

/** A department by the name of its subgraph. */
export const DEPARTMENT_NAME = /^[a-z][a-z0-9-]{0,62}$/;

/** The code of a legal matter, or the name of a scope: no blanks, since lists of them are written with blanks. */
export const PLAIN_WORD = /^[\p{L}\p{N}\p{P}\p{S}]{1,100}$/u;
