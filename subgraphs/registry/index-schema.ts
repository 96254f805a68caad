/**
 * Raised whenever the tables or their meaning change, such as the normal form of numbers: an older file is built anew.
 */
export const INDEX_VERSION = 4;

/**
 * Tables of the identity index. What was heard from the feeds, and below it what follows from that.
 *
 * The file holds no statistics (gathering them would hold everybody up), so queries say by CROSS JOIN in which
 * order tables are to be looked up.
 */
export const INDEX_DDL = `
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- How each interface took part, as JSON of an InterfaceOutcome; which fields' numbers were kept, as JSON; and up to
-- where it was read. A null mark: what it holds besides is not known.
CREATE TABLE source (
  interface TEXT PRIMARY KEY, kind TEXT, outcome TEXT NOT NULL, numbers TEXT NOT NULL, mark TEXT
) WITHOUT ROWID;

-- Document numbers in normal form. A row that bears another number now, or is gone, may still stand here.
CREATE TABLE number (
  interface TEXT NOT NULL, field TEXT NOT NULL, number TEXT NOT NULL, key TEXT NOT NULL,
  PRIMARY KEY (interface, field, number, key)
) WITHOUT ROWID;

-- Rows of interfaces that feed subjects, as JSON of a RegisterRow.
CREATE TABLE sighting (
  n INTEGER PRIMARY KEY, interface TEXT NOT NULL, key TEXT NOT NULL, said TEXT NOT NULL,
  UNIQUE (interface, key)
);
-- Refs and spellings that rows of any interface hold. held is '' where a row is about that ref.
CREATE TABLE mention (
  interface TEXT NOT NULL, ref TEXT NOT NULL, held TEXT NOT NULL,
  PRIMARY KEY (interface, ref, held)
) WITHOUT ROWID;

-- Numbered in the order of their ids.
CREATE TABLE subject (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT, kind TEXT NOT NULL,
  township TEXT, industry TEXT, state TEXT, crowd INTEGER NOT NULL, keys TEXT NOT NULL
);
CREATE INDEX subject_by_name ON subject (name, id, kind, township, industry, state);
CREATE INDEX subject_by_crowd ON subject (crowd);

-- Subjects that filters cannot tell apart, and how many they are.
CREATE TABLE crowd (
  n INTEGER PRIMARY KEY, kind TEXT NOT NULL, township TEXT, industry TEXT, state TEXT, size INTEGER NOT NULL
);

CREATE TABLE alias (ref TEXT PRIMARY KEY, subject INTEGER NOT NULL, current INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE spelling (ref TEXT NOT NULL, held TEXT NOT NULL, PRIMARY KEY (ref, held)) WITHOUT ROWID;
CREATE INDEX spelling_by_held ON spelling (held);

-- other is the OWNER (or another role) of subject.
CREATE TABLE relation (
  role TEXT NOT NULL, subject INTEGER NOT NULL, other INTEGER NOT NULL,
  PRIMARY KEY (role, subject, other)
) WITHOUT ROWID;
CREATE INDEX relation_reversed ON relation (role, other, subject);

-- What registers disagree about: each one's word, in the order in which they count.
CREATE TABLE disputed (
  subject INTEGER NOT NULL, place INTEGER NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, interface TEXT NOT NULL,
  PRIMARY KEY (subject, place)
) WITHOUT ROWID;

-- Names that subjects have or had, as name keys.
CREATE TABLE label (
  n INTEGER PRIMARY KEY, subject INTEGER NOT NULL, text TEXT NOT NULL, former INTEGER NOT NULL
);
CREATE INDEX label_by_text ON label (text, subject);
CREATE VIRTUAL TABLE label_like USING fts5 (text, content = 'label', content_rowid = 'n', tokenize = 'trigram');
CREATE VIRTUAL TABLE label_term USING fts5vocab ('label_like', 'row');
`;
