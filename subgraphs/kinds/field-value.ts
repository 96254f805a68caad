/** A value of a canonical field: text for dates, decimals, codes and texts; lists for the plural types. */
export type FieldValue = string | number | boolean | null | readonly string[];
