/** Words for yes and no, folded as `foldSpelling` does. Digits are apart: 2 means no in some systems and yes in none. */
export const YES_WORDS = ['TRUE', 'YES', 'Y', 'T', '是', '有', '√', '对'];
export const NO_WORDS = ['FALSE', 'NO', 'N', 'F', '否', '无', '×', '不是', '没有', '非'];
export const YES_DIGITS = ['1'];
export const NO_DIGITS = ['0', '2'];
