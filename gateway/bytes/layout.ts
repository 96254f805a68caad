/**
 * How a program lies in memory: shared by the scanner (`scan/`, AssemblyScript) and by what writes programs for it.
 *
 * A program is an image of 32-bit words, little-endian, with texts behind them. Places inside it are bytes from its start, so
 * that it may lie anywhere. It begins with the record of the root object. Constants named `…_AT` are bytes from the start of
 * a record, `…_BYTES` sizes of records.
 *
 * - object: name of its type, flags, number of fields; fields follow
 * - field: its key in a reply, its label in the answer, what to do, its value
 * - value: kind, flags, one place more
 * - names (of an enum, or of the types of an interface): their number; entries follow
 *
 * Texts are JSON as it is compared and written: keys `"id":`, labels `,"id":`, names `"OPEN"`.
 */

/** Place of the name that `__typename` must have; 0: any. */
export const OBJECT_NAME_AT = 0;
export const OBJECT_NAME_LENGTH_AT = 4;
export const OBJECT_FLAGS_AT = 8;
export const OBJECT_COUNT_AT = 12;
/** How many objects of a reply were read by the record: the scanner adds to it. */
export const OBJECT_SEEN_AT = 16;
/** Number of its type in the program of a plan. */
export const OBJECT_TYPE_AT = 20;
export const OBJECT_BYTES = 24;

/** The answer's root: nothing of it may be missing, and its `__typename` says nothing. */
export const OBJECT_IS_ROOT = 1;
/** A root type inside an answer: its `__typename` says nothing. */
export const OBJECT_HAS_ANY_NAME = 2;
/** What names it is noted, for the audit. */
export const OBJECT_IS_SUBJECT = 4;

export const FIELD_KEY_AT = 0;
export const FIELD_KEY_LENGTH_AT = 4;
export const FIELD_LABEL_AT = 8;
export const FIELD_LABEL_LENGTH_AT = 12;
export const FIELD_KIND_AT = 16;
/** Of a field with data its value; of a name of a type its text. */
export const FIELD_VALUE_AT = 20;
/** Of a name of a type: the length of its text. */
export const FIELD_LENGTH_AT = 24;
/** 1: the label is the key, so that both are one piece of the reply. */
export const FIELD_IS_KEY_AT = 28;
/** Number of its member in the program of a plan. */
export const FIELD_NAME_AT = 32;
export const FIELD_BYTES = 36;

export const FIELD_IS_DATA = 0;
export const FIELD_IS_TYPE_NAME = 1;
/** Kept from the caller. */
export const FIELD_IS_NULL = 2;

export const VALUE_KIND_AT = 0;
export const VALUE_IS_NON_NULL_AT = 4;
/** Of a list its element's value, of an object its record, of an enum or interface its names. */
export const VALUE_MORE_AT = 8;
export const VALUE_BYTES = 12;

/** Kinds of texts come first. */
export const KIND_TEXT = 0;
export const KIND_ID = 1;
export const KIND_INT = 2;
export const KIND_FLOAT = 3;
export const KIND_BOOLEAN = 4;
/** A custom scalar. */
export const KIND_ANY = 5;
export const KIND_ENUM = 6;
export const KIND_LIST = 7;
export const KIND_OBJECT = 8;
export const KIND_ABSTRACT = 9;

export const NAMES_BYTES = 4;
export const NAME_TEXT_AT = 0;
export const NAME_LENGTH_AT = 4;
/** Of a type: its object. */
export const NAME_OBJECT_AT = 8;
/** Of a type: its number in the program of a plan. */
export const NAME_TYPE_AT = 12;
export const NAME_BYTES = 16;

/** A note: where the reply has a name of a subject, a text with its quotes. */
export const NOTE_START_AT = 0;
export const NOTE_END_AT = 4;
export const NOTE_BYTES = 8;

/** Why a reply is left to the objects. */
export const NO_DOUBT = 0;
/** No JSON, or nothing that a GraphQL server says. */
export const DOUBT_MALFORMED = 1;
/** Errors, or no data. */
export const DOUBT_ERRORS = 2;
/** A value that is none of its type, a null where none may be, a field that is missing. */
export const DOUBT_VIOLATION = 3;
/** A key that stands twice. */
export const DOUBT_TWICE = 4;
/** An escape in a key, an enum's value or a type's name. */
export const DOUBT_ESCAPE = 5;
/** A number or custom scalar whose spelling is not the one that the answer would have. */
export const DOUBT_SPELLING = 6;
/** Larger or deeper than there is room for. */
export const DOUBT_BOUND = 7;
/** Entities that are not plainly those that were asked for. */
export const DOUBT_ENTITIES = 8;
/** Two subgraphs give an object or a list for one field: they have to be merged. */
export const DOUBT_MERGE = 9;
/** A member that another request is to give. */
export const DOUBT_EXTRA = 10;
