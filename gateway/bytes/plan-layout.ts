/**
 * How the program of a plan with several requests lies in memory, beside the records of `layout.ts`, and what the scanner
 * makes of replies: records that point into them.
 *
 * A plan's image begins with the plan's record. Members are known by numbers, their places among the plan's names, and so are types.
 * Lists of records inside the image begin with their number of entries.
 */

/** What is shown of the root: an object of `layout.ts`. */
export const PLAN_ROOT_AT = 0;
/** Names of members, `"id"`; the place of an entry is its number. */
export const PLAN_NAMES_AT = 4;
/** Names of types, `"Ship"`; the place of an entry, from 1 on, is its number. */
export const PLAN_TYPES_AT = 8;
/** The shape of what belongs to nobody but the answer's root. */
export const PLAN_ROOT_SHAPE_AT = 12;
/** All objects of the projection, one word each: for what the audit counts. */
export const PLAN_OBJECTS_AT = 16;
/** Numbers of the members that name a subject. */
export const PLAN_ID_AT = 20;
export const PLAN_REF_AT = 24;
export const PLAN_BYTES = 28;

export const COUNT_BYTES = 4;
export const TEXT_AT = 0;
export const TEXT_LENGTH_AT = 4;
export const TEXT_BYTES = 8;

/** Shape: what a reply may have of an object. Fields follow. */
export const SHAPE_COUNT_AT = 0;
/** One byte for each name of the plan: which field it is, or `NO_FIELD`. */
export const SHAPE_FIELDS_AT = 4;
export const SHAPE_FIELDS_LENGTH_AT = 8;
export const SHAPE_BYTES = 12;
export const NO_FIELD = 255;

/** As it stands in a reply, with its colon. */
export const MEMBER_KEY_AT = 0;
export const MEMBER_KEY_LENGTH_AT = 4;
/** Of an object or a list of such: its shape; 0: a leaf, or the name of a type. */
export const MEMBER_SHAPE_AT = 8;
export const MEMBER_ROLE_AT = 12;
export const MEMBER_BYTES = 16;

export const ROLE_IS_VALUE = 0;
/** `__typename`. */
export const ROLE_IS_TYPE = 1;
/** The same under an alias: for entities that have no `__typename`. */
export const ROLE_IS_TYPE_TOO = 2;

/** Request for entities: its parts follow. */
export const REQUEST_COUNT_AT = 0;
export const REQUEST_BYTES = 4;

/** What the variables begin with: `{"representations":[`, or `],"_1":[`. */
export const PART_LABEL_AT = 0;
export const PART_LABEL_LENGTH_AT = 4;
/** Number of the member that has the entities. */
export const PART_NAME_AT = 8;
/** Places in the plan where its objects are: entries `GROUP_…`. */
export const PART_GROUPS_AT = 12;
/** Types that are sent: entries `SENT_…`. */
export const PART_SENT_AT = 16;
/** 1: each entity must say its type. */
export const PART_ASKS_TYPES_AT = 20;
export const PART_BYTES = 24;

/** Whether it is asked for now: set before, and cleared by the scanner. */
export const GROUP_IS_READY_AT = 0;
/** Words: number of a member, or `EACH` for every element of a list. */
export const GROUP_PATH_AT = 4;
export const GROUP_BYTES = 8;
export const EACH = -1;

export const SENT_TYPE_AT = 0;
/** What a representation begins with: `{"__typename":"Ship"`. */
export const SENT_HEAD_AT = 4;
export const SENT_HEAD_LENGTH_AT = 8;
/** Entries `REQUIRED_…`. */
export const SENT_MEMBERS_AT = 12;
/** Entries `ECHO_…`. */
export const SENT_ECHO_AT = 16;
/** 1: less than all of it may be sent, which the objects know. */
export const SENT_HAS_LESS_AT = 20;
export const SENT_BYTES = 24;

/** Number of the member in the answer. */
export const REQUIRED_NAME_AT = 0;
/** `,"weight":` */
export const REQUIRED_LABEL_AT = 4;
export const REQUIRED_LABEL_LENGTH_AT = 8;
/** Of an object, what is sent of it: entries `REQUIRED_…`; 0: a leaf. */
export const REQUIRED_MEMBERS_AT = 12;
export const REQUIRED_BYTES = 16;

/** A key that is asked back: number of the member that was sent, and of that of the entity. */
export const ECHO_SENT_AT = 0;
export const ECHO_GIVEN_AT = 4;
/** Of an object: entries `ECHO_…`; 0: a leaf. */
export const ECHO_INNER_AT = 8;
export const ECHO_BYTES = 12;

// What is made of replies. It never moves.

/** Of a request's own memory; kept from call to call. */
export const REGION_PROGRAM_AT = 0;
/** Where the next record goes, and the end of its block. */
export const REGION_FREE_AT = 4;
export const REGION_FREE_END_AT = 8;
/** Room for what is written. */
export const REGION_ROOM_AT = 12;
export const REGION_ROOM_END_AT = 16;
/** What is known of the answer. */
export const REGION_ROOT_AT = 20;
/** Number of the last walk through the objects. */
export const REGION_WALK_AT = 24;
/** First note of what names a subject. */
export const REGION_NOTES_AT = 28;
export const REGION_BYTES = 32;

/** Record: its shape, or what else it is; the next element of its list. */
export const RECORD_SHAPE_AT = 0;
export const RECORD_IS_NULL = 1;
export const RECORD_IS_LIST = 2;
export const RECORD_NEXT_AT = 4;
export const NULL_RECORD_BYTES = 8;

/** Number of its type; 0: not said. */
export const RECORD_TYPE_AT = 8;
/** First link to an entity that belongs to it. */
export const RECORD_LINKS_AT = 12;
/** Of the last walk that met it; `WALK_HAS_NOTED`: its names are noted. */
export const RECORD_WALK_AT = 16;
/** How many objects it belongs to, as an entity. */
export const RECORD_USES_AT = 20;
export const RECORD_BYTES = 24;
export const WALK_HAS_NOTED = 0xffffffff;

/**
 * Slot of an object's member: where its value begins, and what it is: 0, nothing is known; `SLOT_IS_RECORD`, the place is that of a
 * record; else the end of a leaf, or of null, in the reply.
 */
export const SLOT_PLACE_AT = 0;
export const SLOT_END_AT = 4;
export const SLOT_BYTES = 8;
export const SLOT_IS_RECORD = 1;

export const LIST_FIRST_AT = 8;
export const LIST_COUNT_AT = 12;
/** The value of the projection that it was written as, where in the answer, and what was counted meanwhile. */
export const LIST_WRITTEN_AS_AT = 16;
export const LIST_WRITTEN_AT = 20;
export const LIST_WRITTEN_LENGTH_AT = 24;
export const LIST_COUNTS_AT = 28;
/** The last walk that met it, and at which step of which path: what is below it was taken then. */
export const LIST_WALK_AT = 32;
export const LIST_STEP_AT = 36;
export const LIST_BYTES = 40;

/** A slot's words, and the next note. */
export const NOTED_NEXT_AT = 8;
export const NOTED_BYTES = 12;

export const LINK_ENTITY_AT = 0;
export const LINK_NEXT_AT = 4;
export const LINK_BYTES = 8;

/** What was asked for by one request: its program; for each part `ASKED_PART_…` follows. */
export const ASKED_REQUEST_AT = 0;
export const ASKED_BYTES = 4;
export const ASKED_PART_FIRST_AT = 0;
export const ASKED_PART_COUNT_AT = 4;
export const ASKED_PART_TARGETS_AT = 8;
export const ASKED_PART_BYTES = 12;

/** Representation: the next one; the first object that it was made of; its hash; the entry `SENT_…`; the entity; slots of keys follow. */
export const REPRESENTATION_NEXT_AT = 0;
export const REPRESENTATION_OBJECT_AT = 4;
export const REPRESENTATION_HASH_AT = 8;
export const REPRESENTATION_PROGRAM_AT = 12;
export const REPRESENTATION_ENTITY_AT = 16;
export const REPRESENTATION_BYTES = 20;

/** An object that waits for an entity. */
export const TARGET_OBJECT_AT = 0;
export const TARGET_REPRESENTATION_AT = 4;
export const TARGET_NEXT_AT = 8;
export const TARGET_BYTES = 12;
