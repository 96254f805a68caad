import type { ArrayRow } from '../testing/array-condition.js';
import { createArrayRegistry } from '../testing/array-registry.js';
import { openCaseCounty } from '../testing/random-county.js';

const county = openCaseCounty(createArrayRegistry([]));

beforeAll(() => {
  const row = (key: string, stage: string | null, fine: string, subject: string): ArrayRow => ({
    key: [key],
    subject,
    values: { department: 'MARKET', stage, fine },
  });
  county.fill([
    [row('1', 'CLOSED', '1.00', 'uscc:A'), row('2', 'FILED', '7.00', 'uscc:B')],
    [row('1', null, '3.00', 'uscc:A'), row('2', 'FILED', '0.50', 'uscc:C')],
  ]);
});

async function stagesIn(orderBy: string): Promise<readonly (string | null)[]> {
  const { data, errors } = await county.hub.ask(
    `{ caseStats(by: [STAGE], orderBy: [${orderBy}]) { buckets { key } } }`,
  );
  expect(errors).toEqual([]);
  const stats = data?.caseStats as {
    readonly buckets: readonly { readonly key: readonly (string | null)[] }[];
  };
  return stats.buckets.flatMap(({ key }) => key);
}

describe('orderBy of statistics', () => {
  it('keeps null last where keys are ordered downwards', async () => {
    expect(await stagesIn('{key: ASC}')).toEqual(['CLOSED', 'FILED', null]);
    expect(await stagesIn('{key: DESC}')).toEqual(['FILED', 'CLOSED', null]);
  });

  it('measures what it orders by, also where measures do not name it', async () => {
    expect(await stagesIn('{fine: DESC}')).toEqual(['FILED', null, 'CLOSED']);
    expect(await stagesIn('{subjects: DESC}')).toEqual(['FILED', 'CLOSED', null]);
    expect(await stagesIn('{subjects: ASC}')).toEqual(['CLOSED', null, 'FILED']);
  });
});
