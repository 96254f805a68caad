/**
 * The defects of domain §3.13, as departments make them. Each function spoils one clean value so that it can be
 * read back, unless its description says "not recoverable".
 */
export { capitalNumerals, dirtyAmount, inTenThousands } from './dirt-amounts.js';
export {
  chineseDay,
  dirtyDate,
  emptyDate,
  epochMillis,
  excelSerial,
  openEndedDate,
  truncatedDate,
} from './dirt-dates.js';
export { confusedUscc, dirtyUscc, dirtyVesselName, idCard15, maskId } from './dirt-identifiers.js';
export {
  damagedText,
  dirtyDecisionNo,
  dirtyText,
  dirtyTownship,
  fullWidth,
  lostTownship,
  nullWord,
} from './dirt-texts.js';
