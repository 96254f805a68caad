/** Arguments by which a caller says how old an answer may be; they stand on every list and statistic. */
export const AGE_ARGUMENTS = ['maxAge: Int', 'else: WhenOlder'] as const;
