/** A body that enforces, as the province's platforms know it. */
interface Institution {
  /** `Department` of schema/canonical.graphql. */
  readonly department: string;
  /** Unified social credit code; synthetic, with right check characters. */
  readonly uscc: string;
  readonly name: string;
  /** How people type it. */
  readonly spellings: readonly [string, ...string[]];
  /** `source_dept_code` of rows that it reports. */
  readonly reporter: string;
}

const INSTITUTIONS: readonly Institution[] = [
  {
    department: 'COMPREHENSIVE',
    uscc: '11330922MB10000028',
    name: '嵊泗县综合行政执法局',
    spellings: ['县综合行政执法局', '县综合执法局', '嵊泗县综合执法局'],
    reporter: '330922_zhzf',
  },
  {
    department: 'MARKET',
    uscc: '11330922MB10000103',
    name: '嵊泗县市场监督管理局',
    spellings: ['县市场监督管理局', '县市场监管局'],
    reporter: '330922_scjg',
  },
  {
    department: 'ENVIRONMENT',
    uscc: '11330922MB10000290',
    name: '舟山市生态环境局嵊泗分局',
    spellings: ['市生态环境局嵊泗分局', '嵊泗县生态环境局'],
    reporter: '330922_sthj',
  },
  {
    department: 'CULTURE',
    uscc: '11330922MB1000037T',
    name: '嵊泗县文化和广电旅游体育局',
    spellings: ['县文化和广电旅游体育局', '县文广旅体局'],
    reporter: '330922_wglt',
  },
  {
    department: 'TRANSPORT',
    uscc: '11330922MB1000045M',
    name: '嵊泗县交通运输局',
    spellings: ['县交通运输局', '嵊泗县交通局'],
    reporter: '330922_jtys',
  },
  {
    department: 'AGRICULTURE',
    uscc: '11330922MB1000053G',
    name: '嵊泗县农业农村局',
    spellings: ['县农业农村局', '嵊泗县农业局'],
    reporter: '330922_nync',
  },
  {
    department: 'PLANNING',
    uscc: '11330922MB1000061B',
    name: '嵊泗县自然资源和规划局',
    spellings: ['县自然资源和规划局', '县资源规划局'],
    reporter: '330922_zygh',
  },
  {
    department: 'EMERGENCY',
    uscc: '11330922MB100007X3',
    name: '嵊泗县应急管理局',
    spellings: ['县应急管理局', '县应急局'],
    reporter: '330922_yjgl',
  },
  {
    department: 'HEALTH',
    uscc: '11330922MB10000883',
    name: '嵊泗县卫生健康局',
    spellings: ['县卫生健康局', '县卫健局'],
    reporter: '330922_wsjk',
  },
  {
    department: 'MARINE',
    uscc: '11330922MB1000096X',
    name: '嵊泗县海洋与渔业局',
    spellings: ['县海洋与渔业局', '嵊泗县海洋经济发展局'],
    reporter: '330922_hyyy',
  },
  {
    department: 'YANGSHAN_TOWN',
    uscc: '11330922MB1000109K',
    name: '嵊泗县洋山镇人民政府',
    spellings: ['洋山镇人民政府', '洋山镇政府'],
    reporter: '330922_ysz',
  },
  {
    department: 'ARCHIVES',
    uscc: '11330922MB1000117E',
    name: '嵊泗县档案局',
    spellings: ['县档案局'],
    reporter: '330922_daj',
  },
  {
    department: 'DEVELOPMENT',
    uscc: '11330922MB10001259',
    name: '嵊泗县发展和改革局',
    spellings: ['县发展和改革局', '县发改局'],
    reporter: '330922_fzgg',
  },
  {
    department: 'PUBLIC_SECURITY',
    uscc: '11330922MB10001334',
    name: '嵊泗县公安局',
    spellings: ['县公安局'],
    reporter: '330922_gaj',
  },
  {
    department: 'WATER',
    uscc: '11330922MB1000141Y',
    name: '嵊泗县水利局',
    spellings: ['县水利局'],
    reporter: '330922_slj',
  },
  {
    department: 'FORESTRY',
    uscc: '11330922MB100015XN',
    name: '嵊泗县林业局',
    spellings: ['县林业局'],
    reporter: '330922_lyj',
  },
  {
    department: 'ECONOMY',
    uscc: '11330922MB1000168N',
    name: '嵊泗县经济和信息化局',
    spellings: ['县经济和信息化局', '县经信局'],
    reporter: '330922_jxj',
  },
  {
    department: 'SCIENCE',
    uscc: '11330922MB1000176H',
    name: '嵊泗县科学技术局',
    spellings: ['县科学技术局', '县科技局'],
    reporter: '330922_kjj',
  },
  {
    department: 'ETHNIC_RELIGIOUS',
    uscc: '11330922MB1000184C',
    name: '嵊泗县民族宗教事务局',
    spellings: ['县民族宗教事务局', '县民宗局'],
    reporter: '330922_mzj',
  },
  {
    department: 'CIVIL_AFFAIRS',
    uscc: '11330922MB10001927',
    name: '嵊泗县民政局',
    spellings: ['县民政局'],
    reporter: '330922_mzhj',
  },
  {
    department: 'CONSTRUCTION',
    uscc: '11330922MB1000205W',
    name: '嵊泗县住房和城乡建设局',
    spellings: ['县住房和城乡建设局', '县住建局'],
    reporter: '330922_zjj',
  },
  {
    department: 'HUMAN_RESOURCES',
    uscc: '11330922MB1000213P',
    name: '嵊泗县人力资源和社会保障局',
    spellings: ['县人力资源和社会保障局', '县人力社保局'],
    reporter: '330922_rlsb',
  },
  {
    department: 'VETERANS',
    uscc: '11330922MB1000221J',
    name: '嵊泗县退役军人事务局',
    spellings: ['县退役军人事务局'],
    reporter: '330922_tyjr',
  },
  {
    department: 'GRAIN_RESERVES',
    uscc: '11330922MB100023XA',
    name: '嵊泗县粮食和物资储备局',
    spellings: ['县粮食和物资储备局', '县粮食物资局'],
    reporter: '330922_lswz',
  },
  {
    department: 'METEOROLOGY',
    uscc: '12330922MB10002487',
    name: '嵊泗县气象局',
    spellings: ['县气象局'],
    reporter: '330922_qxj',
  },
  {
    department: 'EARTHQUAKE',
    uscc: '12330922MB10002562',
    name: '嵊泗县地震局',
    spellings: ['县地震局'],
    reporter: '330922_dzj',
  },
  {
    department: 'FIRE_RESCUE',
    uscc: '11330922MB10002640',
    name: '嵊泗县消防救援大队',
    spellings: ['县消防救援大队', '县消防大队'],
    reporter: '330922_xfjy',
  },
  {
    department: 'TAXATION',
    uscc: '11330922MB1000272T',
    name: '国家税务总局嵊泗县税务局',
    spellings: ['嵊泗县税务局', '县税务局'],
    reporter: '330922_swj',
  },
  {
    department: 'HEALTH_INSURANCE',
    uscc: '11330922MB1000280M',
    name: '嵊泗县医疗保障局',
    spellings: ['县医疗保障局', '县医保局'],
    reporter: '330922_ybj',
  },
];

const BY_DEPARTMENT: ReadonlyMap<string, Institution> = new Map(
  INSTITUTIONS.map((institution) => [institution.department, institution]),
);

/** @throws {Error} for a department that has no body in the county. */
export function institutionOf(department: string): Institution {
  const institution = BY_DEPARTMENT.get(department);
  if (institution === undefined) {
    throw new Error(`Cannot name the institution: ${department} must be a Department of the county`);
  }
  return institution;
}
