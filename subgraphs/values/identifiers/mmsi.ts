/** Whether a text is a maritime identity of a Chinese ship: nine digits of the countries 412, 413, 414. */
export function isMmsi(text: string): boolean {
  return /^41[234][0-9]{6}$/.test(text);
}
