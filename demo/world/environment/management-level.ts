/** How closely a works is managed: 重点管理, 简化管理, 登记管理. */
export type ManagementLevel = 'KEY' | 'SIMPLIFIED' | 'REGISTERED';

/** The level of a pollution permit, which the last letter of its number tells. */
export function managementLevelOf(permitNumber: string): ManagementLevel {
  const letter = permitNumber.slice(-1);
  if (letter === 'W') return 'REGISTERED';
  return letter === 'V' || letter === 'P' ? 'KEY' : 'SIMPLIFIED';
}
