import { normaliseDocumentNumber } from '../../../subgraphs/values/texts/document-number.js';
import { generateWorld } from '../../world/generate-world.js';
import { sessionsOf } from '../../world/mobile/make-sessions.js';
import { decodedRows } from '../testing/decoded-rows.js';
import { rowFacts } from '../testing/expect-world.js';
import { cellsTooLong } from '../testing/surviving-rows.js';
import { mobileStore } from './mobile.js';

describe.each([1, 2, 3, 4, 5])('mobileStore() after the mapping, seed %i', (seed) => {
  const world = generateWorld({ seed, size: 'tiny' });
  const inspections = [...world.inspections];

  it('holds every session exactly once, as the world knows it', () => {
    const facts = [...sessionsOf(world)].map((session) => ({
      inspectionNumber: normaliseDocumentNumber(inspections[session.inspection]?.number ?? ''),
      conductCode: session.conductCode,
      scannedAt: `${session.scannedAt.replace(' ', 'T')}+08:00`,
      signature: session.signature,
      photos: session.photos,
      position:
        session.position === null ? null : [Number(session.position.lon), Number(session.position.lat)],
      offline: session.offline,
    }));
    const shown = decodedRows(mobileStore(world), 'mobile/session.yaml').map((row) => {
      const [longitude, latitude] = [row.values.get('longitude'), row.values.get('latitude')];
      return {
        ...rowFacts(row, facts[0] ?? {}),
        inspectionNumber: normaliseDocumentNumber(String(row.values.get('inspectionNumber'))),
        position: longitude === null ? null : [Number(longitude), Number(latitude)],
      };
    });
    expect(facts.length).toBeGreaterThan(100);
    expect(shown).toEqual(facts);
  });

  it('fits its columns', () => {
    expect(cellsTooLong(mobileStore(world))).toEqual([]);
  });
});
