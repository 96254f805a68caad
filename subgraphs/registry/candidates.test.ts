import { makeContext, type OpenedRegistry, openRegistry } from './testing/open-registry.js';

const FIRM = 'uscc:91330922MA28K00156';
const TWIN = 'uscc:91330922MA28KX007W';
const SHOP = 'uscc:92330922MA28K0023X';
const VESSEL = 'vessel:3309222008060012';

let opened: OpenedRegistry;
beforeAll(async () => {
  opened = await openRegistry([
    {
      name: 'market.registration',
      kind: 'Subject',
      rows: [
        {
          key: '1',
          refs: [FIRM, 'regno:330922000000012', 'pripid:3309220000012345'],
          spellings: [{ ref: FIRM, held: 'uscc~企业代码甲' }],
          values: { name: '嵊泗县海晏渔业有限公司', formerNames: ['嵊泗县东海捕捞队'], kind: 'ORGANISATION' },
        },
        { key: '2', refs: [TWIN], values: { name: '嵊泗县黄龙石材有限公司', kind: 'ORGANISATION' } },
        { key: '3', refs: [SHOP], values: { name: '嵊泗县黄龙石材有限公司', kind: 'INDIVIDUAL_BUSINESS' } },
        {
          key: '4',
          refs: [VESSEL, 'vesselname:浙嵊渔90007'],
          values: { name: '浙嵊渔90007', kind: 'VESSEL' },
        },
      ],
    },
  ]);
});
afterAll(() => opened.close());

async function ask(text: string, limit = 10) {
  const found = await opened.registry.candidates(text, limit, makeContext());
  return found.map(({ subject, matchKind, confidence }) => ({ id: subject.id, matchKind, confidence }));
}

describe('candidates()', () => {
  test.each([
    ['a USCC', '91330922MA28K00156', FIRM],
    ['a USCC in lower case and full width', ' ９1330922ma28k00156 ', FIRM],
    ['a PRIPID', '3309220000012345', FIRM],
    ['a vessel code', '3309222008060012', VESSEL],
    ['a vessel name', '浙嵊渔 90007号', VESSEL],
    ['a canonical id', FIRM, FIRM],
  ])('is certain of %s', async (_label, text, id) => {
    expect((await ask(text))[0]).toEqual({ id, matchKind: 'EXACT', confidence: 1 });
  });

  test.each([
    ['an old registration number', '330922000000012', 0.95],
    ['a former name', '嵊泗县东海捕捞队', 0.85],
    ["a source's own spelling", '企业代码甲', 0.9],
    ['a USCC with O for 0', '9133O922MA28K00156', 0.9],
  ])('calls %s an alias', async (_label, text, confidence) => {
    expect((await ask(text))[0]).toEqual({ id: FIRM, matchKind: 'ALIAS', confidence });
  });

  test('is less sure of a name that two bear, and lists both', async () => {
    expect(await ask('嵊泗县黄龙石材有限公司')).toEqual([
      { id: TWIN, matchKind: 'NAME', confidence: 0.8 },
      { id: SHOP, matchKind: 'NAME', confidence: 0.8 },
    ]);
    expect((await ask('嵊泗县海晏渔业有限公司'))[0]).toEqual({
      id: FIRM,
      matchKind: 'NAME',
      confidence: 0.95,
    });
  });

  test.each(['海晏渔业', '海晏', '嵊泗海晏渔业公司', '海晏渔业（嵊泗）有限公司'])(
    'finds a name like %s',
    async (text) => {
      const [first] = await ask(text);
      expect(first).toMatchObject({ id: FIRM, matchKind: 'NAME' });
      expect(first?.confidence).toBeLessThan(0.8);
    },
  );

  test('lets county and legal form alone say nothing', async () => {
    expect(await ask('嵊泗县远大建材有限公司')).toEqual([]);
  });

  test('gives the surest first and no more than asked for', async () => {
    const all = await ask('黄龙石材');
    expect(all.map(({ id }) => id)).toEqual([TWIN, SHOP]);
    expect(await ask('黄龙石材', 1)).toEqual(all.slice(0, 1));
    expect(await ask('黄龙石材', 0)).toEqual([]);
  });

  test.each(['', '  ', '海', '"', "' OR 1=1 --", '%', '*', 'NEAR(', '海'.repeat(300), '\u0000'])(
    'takes %j for what it is: nobody',
    async (text) => {
      expect(await ask(text)).toEqual([]);
    },
  );
});
