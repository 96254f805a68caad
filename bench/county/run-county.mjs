/** placeholder */
export async function runCounty() {
  return 0;
}
