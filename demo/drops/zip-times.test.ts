import writeExcelFile from 'write-excel-file/node';
import { withoutTimes } from './zip-times.js';

/** Where a signature stands; the archive of the test is small enough that none stands there by chance. */
function placesOf(archive: Buffer, signature: string): number[] {
  const places: number[] = [];
  for (let at = archive.indexOf(signature); at >= 0; at = archive.indexOf(signature, at + 1)) places.push(at);
  return places;
}

describe('withoutTimes()', () => {
  it('gives the same archive whatever times stand in its entries', async () => {
    const archive = withoutTimes(await writeExcelFile([['民宿名称'], ['听海']]).toBuffer());
    const locals = placesOf(archive, 'PK\x03\x04');
    const directory = placesOf(archive, 'PK\x01\x02');
    expect(locals.length).toBeGreaterThan(3);
    expect(directory).toHaveLength(locals.length);
    const dated = Buffer.from(archive);
    for (const at of locals) dated.writeUInt32LE(0x5cdd1234, at + 10);
    for (const at of directory) dated.writeUInt32LE(0x5cdd1234, at + 12);
    expect(dated.equals(archive)).toBe(false);
    expect(withoutTimes(dated).equals(archive)).toBe(true);
  });

  it('refuses bytes that are no archive', () => {
    expect(() => withoutTimes(Buffer.from('no archive, though it is long enough'))).toThrow('ZIP');
  });
});
