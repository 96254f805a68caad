import { CATALOGUE } from '../../demo/world/catalogue/make-items.js';
import { decideRoute } from '../../subgraphs/hub/route/decide-route.js';
import type { Route, RoutePlace, RouteQuestion } from '../../subgraphs/hub/route/route.js';
import { AT_SEA, FACTS, ITEMS, inTownship, knowledgeOf, question } from './known-lists.js';

const [SEAT, SHENGSHAN, YANGSHAN] = ['330922100', '330922101', '330922102'].map(inTownship) as [
  RoutePlace,
  RoutePlace,
  RoutePlace,
];
const [WULONG, HUANGLONG, GOUQI, HUANIAO] = ['330922200', '330922201', '330922202', '330922203'].map(
  inTownship,
) as [RoutePlace, RoutePlace, RoutePlace, RoutePlace];
const BUREAU = '县综合行政执法局';
const TOWN = '洋山镇人民政府';
const TOWN_TEAM = '洋山镇综合行政执法队';

const ask = (item: string | null, place: RoutePlace | null, more: Partial<RouteQuestion> = {}): Route => {
  const asked = question(item, place, more);
  return decideRoute(asked, knowledgeOf(item, asked.asOf), FACTS);
};
const steps = ({ steps: all }: Route): readonly string[] => all.map(({ kind, by }) => `${kind} ${by}`);

/** The situations of domain §6.3, by their numbers there. */
describe('the examples of routing', () => {
  it.each<[number, string, Route, Partial<Route>]>([
    [
      1,
      'a stall on the road, Yangshan',
      ask(ITEMS.YS01, YANGSHAN),
      { rule: 'TOWNSHIP_OWN', nameOf: TOWN, team: TOWN_TEAM },
    ],
    [
      2,
      'the same in Gouqi',
      ask(ITEMS.YS01, GOUQI),
      { rule: 'DISPATCHED', nameOf: BUREAU, team: '嵊山中队' },
    ],
    [
      3,
      'not in the town’s list, Yangshan',
      ask(ITEMS.ZH07, YANGSHAN),
      { rule: 'TOWNSHIP_BUREAU', nameOf: BUREAU, team: TOWN_TEAM },
    ],
    [
      4,
      'the same in Shengshan',
      ask(ITEMS.ZH07, SHENGSHAN),
      { rule: 'DISPATCHED', nameOf: BUREAU, team: '嵊山中队' },
    ],
    [
      5,
      'the same in Huaniao (1+X)',
      ask(ITEMS.ZH07, HUANIAO),
      { rule: 'DISPATCHED', nameOf: BUREAU, team: '嵊山中队' },
    ],
    [
      6,
      'the same in the county seat',
      ask(ITEMS.ZH07, SEAT),
      { rule: 'DISPATCHED', nameOf: BUREAU, team: '县局直属中队' },
    ],
    [
      7,
      'the same in Wulong',
      ask(ITEMS.ZH07, WULONG),
      { rule: 'DISPATCHED', nameOf: BUREAU, team: '五龙黄龙中队' },
    ],
    [
      8,
      'the same in Huanglong',
      ask(ITEMS.ZH07, HUANGLONG),
      { rule: 'DISPATCHED', nameOf: BUREAU, team: '五龙黄龙中队' },
    ],
    [
      9,
      'before the county had a list',
      ask(ITEMS.YS01, YANGSHAN, { asOf: '2021-10-01' }),
      { determinate: false, nameOf: null, reasons: ['NO_VERSION'] },
    ],
    [
      10,
      'food without licence, Yangshan',
      ask(ITEMS.MS03, YANGSHAN),
      { rule: 'PROFESSIONAL', nameOf: '县市场监管局', station: '洋山市场监管所' },
    ],
    [
      11,
      'the same in Gouqi',
      ask(ITEMS.MS03, GOUQI),
      { rule: 'PROFESSIONAL', nameOf: '县市场监管局', station: '嵊山市场监管所' },
    ],
    [
      12,
      'waste water, county seat',
      ask(ITEMS.HJ02, SEAT),
      { rule: 'SPECIAL', nameOf: '舟山市生态环境局', team: '生态环境行政执法队' },
    ],
    [
      13,
      'fishing in the moratorium, at sea',
      ask(ITEMS.HY01, AT_SEA),
      { rule: 'MARINE', nameOf: '县海洋经济发展局', team: '海洋综合行政执法队' },
    ],
    [
      14,
      'a vessel moored in Yangshan',
      ask(ITEMS.HY01, YANGSHAN, { marineObject: true }),
      { rule: 'MARINE', team: '海洋综合行政执法队' },
    ],
    [
      15,
      'a passenger ship at the pier',
      ask(ITEMS.JT04, SEAT, { marineObject: true }),
      { rule: 'PROFESSIONAL', nameOf: '县交通运输局' },
    ],
    [16, 'an item moved in part', ask(ITEMS.ZHP02, SEAT), { rule: 'PARTIAL', nameOf: BUREAU }],
    [
      17,
      'an extension of a licence',
      ask(ITEMS.LICENCE, null, { powerKind: 'LICENCE' }),
      { rule: 'LICENCE', determinate: true },
    ],
    [
      18,
      'a directed check of a store',
      ask(ITEMS.EMERGENCY_CHECK, SEAT, { powerKind: 'INSPECTION', fixedObject: true }),
      { rule: 'INSPECTION', nameOf: '县应急管理局' },
    ],
    [
      19,
      'a patrol meets a stall',
      ask(ITEMS.YS01, YANGSHAN, { powerKind: 'INSPECTION' }),
      { rules: ['INSPECTION', 'TOWNSHIP_OWN'], nameOf: TOWN },
    ],
    [
      20,
      'three plan to visit one homestay',
      ask(ITEMS.MS03, SEAT, { powerKind: 'INSPECTION', claiming: ['MARKET', 'HEALTH', 'CULTURE'] }),
      { rules: ['INSPECTION', 'PROFESSIONAL'] },
    ],
    [
      21,
      'illegal fishing beyond the threshold',
      ask(ITEMS.HY01, AT_SEA, { criminalSuspicion: true }),
      { rules: ['CRIMINAL', 'MARINE'], paused: true },
    ],
    [
      22,
      'an oil stain that nobody wants',
      ask(ITEMS.HJ02, SEAT, { declining: ['ENVIRONMENT', 'MARINE', 'COMPREHENSIVE'] }),
      { determinate: false, rules: ['DISPUTE'], reasons: ['NEGATIVE_DISPUTE'] },
    ],
    [
      23,
      'filed before the item was moved',
      ask(ITEMS.METEOROLOGY, SEAT, { filedAt: '2021-11-20' }),
      { rule: 'AFTER_TRANSFER', nameOf: '县气象局' },
    ],
    [
      24,
      'a fire item in Shengshan',
      ask(ITEMS.FIRE, SHENGSHAN),
      { rule: 'DISPATCHED', nameOf: BUREAU, team: '嵊山中队' },
    ],
    [
      25,
      '小洋山 alone is given',
      ask(ITEMS.YS01, { ...YANGSHAN, byAlias: true, review: true }),
      { rule: 'TOWNSHIP_OWN', warnings: ['PLACE_BY_ALIAS', 'PLACE_UNDER_REVIEW'] },
    ],
    [26, 'no place', ask(ITEMS.YS01, null), { determinate: false, reasons: ['PLACE_MISSING'] }],
    [
      27,
      'an item that no list has',
      ask('330299999000', SEAT),
      { determinate: false, reasons: ['UNLISTED_ITEM'] },
    ],
    [
      28,
      'filed by transport, wanted by market',
      ask(ITEMS.MS03, SEAT, { filedBy: 'TRANSPORT', claiming: ['MARKET'] }),
      { rule: 'DISPUTE', nameOf: '县交通运输局', warnings: ['DOUBLE_PENALTY'] },
    ],
  ])('%i %s', (_number, _what, route, expected) => {
    expect(route).toMatchObject(expected);
  });

  it('says who else has something to do', () => {
    expect(steps(ask(ITEMS.ZHP02, SEAT))).toContain('HAND_OVER_CLUE PUBLIC_SECURITY');
    expect(steps(ask(ITEMS.FIRE, SHENGSHAN))).toContain('SUPPORT FIRE_RESCUE');
    expect(steps(ask(ITEMS.HY01, AT_SEA, { criminalSuspicion: true }))).toContain(
      'TRANSFER_CRIMINAL 海警机构',
    );
    expect(steps(ask(ITEMS.MS03, SEAT, { criminalSuspicion: true }))).toContain('TRANSFER_CRIMINAL 县公安局');
    const three = { powerKind: 'INSPECTION', claiming: ['MARKET', 'HEALTH', 'CULTURE'] };
    expect(steps(ask(ITEMS.MS03, SEAT, three))).toEqual(['JOINT_CHECK 县执法协调委办']);
    expect(steps(ask(ITEMS.HJ02, SEAT, { declining: ['ENVIRONMENT', 'MARINE'] }))).toEqual([
      'DISPUTE 县执法协调委办',
    ]);
  });

  it('sends what nobody drew a boundary for to the committee', () => {
    expect(ask(ITEMS.UNBOUNDED, SEAT)).toMatchObject({ determinate: false, reasons: ['BOUNDARY_UNCLEAR'] });
    expect(steps(ask(ITEMS.UNBOUNDED, SEAT))).toEqual(['DISPUTE 县执法协调委办']);
  });

  it('returns what was neither moved nor kept by a team to its department, and says that it has none', () => {
    const returned = ask(ITEMS.KEPT, SEAT);
    expect(returned).toMatchObject({ rule: 'RETURNED', nameOf: '县水利局', team: null });
    expect(returned.warnings).toEqual(['RETURNED_TO_DEPARTMENT', 'NO_TEAM']);
  });

  it('gives what is serious to the county, in the same name', () => {
    expect(ask(ITEMS.ZH07, GOUQI, { serious: true })).toMatchObject({
      nameOf: BUREAU,
      team: '综合行政执法队',
    });
  });

  it('names the marine authority as it was called on the day', () => {
    expect(ask(ITEMS.HY01, AT_SEA, { asOf: '2023-06-01' }).nameOf).toBe('县海洋与渔业局');
  });

  it('guesses nothing while a catalogue is away', () => {
    const away = { ...knowledgeOf(ITEMS.YS01, '2026-03-01'), items: null };
    const route = decideRoute(question(ITEMS.YS01, YANGSHAN), away, FACTS);
    expect(route).toMatchObject({ determinate: false, nameOf: null, reasons: ['CATALOGUE_UNREACHABLE'] });
  });

  it('knows the name without the list of teams, and says that it lacks it', () => {
    const away = { ...knowledgeOf(ITEMS.YS01, '2026-03-01'), teams: null };
    const route = decideRoute(question(ITEMS.YS01, YANGSHAN), away, FACTS);
    expect(route).toMatchObject({ nameOf: TOWN, team: null, warnings: ['TEAMS_UNREACHABLE'] });
  });

  it('follows an item that went back to its department', () => {
    const returned = CATALOGUE.find(
      ({ list, validTo }) => list === 'COMPREHENSIVE' && validTo === '2023-12-31',
    );
    const code = returned?.code ?? '';
    expect(ask(code, SEAT, { asOf: '2023-12-31' })).toMatchObject({ nameOf: BUREAU });
    expect(ask(code, SEAT, { asOf: '2024-01-01' })).toMatchObject({ rule: 'RETURNED' });
  });
});
