import { type RequestDeadline, USUAL_DEADLINE } from '../../runtime/call/request-deadline.js';
import type { Wording } from '../../runtime/yaml/wording.js';
import { type CostSettings, USUAL_COSTS } from '../cost/cost-settings.js';

/** What a limit is counted in. Durations are milliseconds here and `5s` in `gateway.yaml`. */
export type LimitUnit = keyof typeof UNITS;

/** How units are said in a sentence; counts have none in English. */
export const UNITS = {
  bytes: { zh: '字节', en: 'bytes' },
  ms: { zh: '毫秒', en: 'ms' },
  levels: { zh: '层', en: 'levels' },
  characters: { zh: '字', en: 'characters' },
  count: { zh: '个', en: '' },
  points: { zh: '点', en: 'points' },
  perSecond: { zh: '次/秒', en: 'per second' },
} as const satisfies Record<string, Wording>;

export interface Limit {
  readonly unit: LimitUnit;
  readonly default: number;
  /** What `gateway.yaml` may say. */
  readonly least: number;
  readonly most: number;
  /** What is counted. */
  readonly what: Wording;
  readonly reason: Wording;
}

/**
 * Every limit on what a caller sends and gets, by the name that it has in `gateway.yaml` (`limits: { aliases: 50 }`) and in
 * `extensions.limit` of a refusal. `docs/limits.md` and `schema/gateway.v1.json` are made of this.
 */
export const LIMITS = {
  headerBytes: {
    unit: 'bytes',
    default: 16_384,
    least: 4096,
    most: 262_144,
    what: { zh: '请求行与请求头', en: 'request line and headers' },
    reason: {
      zh: '令牌与应用密钥不足 8 kB；请求头在身份核验之前已占内存',
      en: 'a token or application key takes less than 8 kB; headers take memory before anybody is known',
    },
  },
  headersTime: {
    unit: 'ms',
    default: 5000,
    least: 100,
    most: 60_000,
    what: { zh: '送达请求头的时间', en: 'time to send the headers' },
    reason: {
      zh: '政务外网内一次往返不足 1 秒；慢速连接占用套接字',
      en: 'a round trip takes less than 1 s here; whoever drips holds a socket',
    },
  },
  receiveTime: {
    unit: 'ms',
    default: 8000,
    least: 100,
    most: 120_000,
    what: { zh: '送达整个请求的时间', en: 'time to send the whole request' },
    reason: {
      zh: '1 MB 在 2 Mbit/s 线路上约需 4 秒；慢送的请求十秒内关闭',
      en: '1 MB takes some 4 s on a line of 2 Mbit/s; who sends slowly is cut within ten',
    },
  },
  bodyBytes: {
    unit: 'bytes',
    default: 1_048_576,
    least: 1024,
    most: 67_108_864,
    what: { zh: '请求体', en: 'request body' },
    reason: {
      zh: '最长的示例查询不足 3 kB，其余留给变量中的键清单',
      en: 'the longest example takes less than 3 kB; the rest is for lists of keys in variables',
    },
  },
  jsonDepth: {
    unit: 'levels',
    default: 200,
    least: 10,
    most: 200,
    what: { zh: '请求体的 JSON 嵌套', en: 'JSON nesting of the body' },
    reason: {
      zh: '解析之前即数；条件嵌套不超过十几层，200 层时递归读取变量仍不溢出',
      en: 'counted before it is parsed; conditions nest some 15 levels, and what reads variables recursively is safe at 200',
    },
  },
  tokens: {
    unit: 'count',
    default: 10_000,
    least: 100,
    most: 100_000,
    what: { zh: '查询文本的词元', en: 'tokens of the document' },
    reason: {
      zh: '最长的示例 278 个；解析与校验的开销随之增长',
      en: 'the longest example has 278; what parsing and validation cost grows with them',
    },
  },
  nesting: {
    unit: 'levels',
    default: 200,
    least: 20,
    most: 500,
    what: { zh: '查询文本的括号嵌套', en: 'nested brackets of the document' },
    reason: {
      zh: '解析之前即数，{ ( [ 与内联片段同样计入；解析器每层递归一次',
      en: 'counted before it is parsed, { ( [ and inline fragments alike; the parser recurses with each',
    },
  },
  written: {
    unit: 'count',
    default: 2000,
    least: 20,
    most: 20_000,
    what: { zh: '文档中写出的选择', en: 'selections written in the document' },
    reason: {
      zh: '含未执行的操作与片段，它们同样要校验；2,000 个至多约需 0.1 秒',
      en: 'operations that are not asked for and fragments are validated too; 2,000 take some 0.1 s at most',
    },
  },
  selections: {
    unit: 'count',
    default: 2000,
    least: 20,
    most: 20_000,
    what: { zh: '展开片段后的选择', en: 'selections, fragments unfolded' },
    reason: {
      zh: '最宽的示例 122 个，标准内省查询 230 个；20 个互相引用两次的片段可展开成上百万个',
      en: 'the widest example has 122, the usual introspection 230; 20 fragments that spread each other twice unfold to a million',
    },
  },
  depth: {
    unit: 'levels',
    default: 20,
    least: 3,
    most: 100,
    what: { zh: '字段嵌套', en: 'depth of fields' },
    reason: {
      zh: '最深的示例 8 层，标准内省查询 15 层；每层可能多一轮取数',
      en: 'the deepest example has 8, the usual introspection 15; each level may cost one more round of fetches',
    },
  },
  rootFields: {
    unit: 'count',
    default: 20,
    least: 1,
    most: 200,
    what: { zh: '根字段', en: 'root fields' },
    reason: {
      zh: '一个根字段就是一次跨部门清单或统计；大屏一屏不超过十几个，__typename 也计入',
      en: 'each is one list or statistic over all departments; a dashboard shows some ten at once; __typename counts',
    },
  },
  aliases: {
    unit: 'count',
    default: 30,
    least: 0,
    most: 500,
    what: { zh: '别名', en: 'aliases' },
    reason: {
      zh: '别名是把同样的数据再要一遍；示例最多 4 个，片段每引用一次计一次',
      en: 'an alias asks for the same once more; examples have 4 at most; those of a fragment count each time it is spread',
    },
  },
  directives: {
    unit: 'count',
    default: 50,
    least: 0,
    most: 1000,
    what: { zh: '指令', en: 'directives' },
    reason: {
      zh: '示例不用指令；每个 @skip/@include 变量都使一种执行计划分成两种',
      en: 'examples use none; each variable of @skip and @include makes two plans of one',
    },
  },
  listItems: {
    unit: 'count',
    default: 1000,
    least: 10,
    most: 100_000,
    what: { zh: '参数与变量中的清单元素', en: 'elements of lists in arguments and variables' },
    reason: {
      zh: '一页最多 500 行，按键取一页足够；来源每次调用的键数有限，更多要分批',
      en: 'a page has 500 rows at most, so its keys fit; sources take a limited number of keys a call, more are more calls',
    },
  },
  cost: {
    unit: 'points',
    default: 300_000,
    least: 100,
    most: 1_000_000_000,
    what: { zh: '操作的估算成本', en: 'estimated cost of an operation' },
    reason: {
      zh: '每个对象一点，按页长逐层相乘，每次调用子图十点；最贵的示例约七万点，两层各 500 行约 25 万点，三层即上亿',
      en: 'an object is a point, times the pages around it, and a call to a subgraph ten; the dearest example has some 70,000, two lists of 500 within each other 251,000, three more than a hundred million',
    },
  },
  errors: {
    unit: 'count',
    default: 100,
    least: 1,
    most: 1000,
    what: { zh: '一次应答所报的错误', en: 'errors of one answer' },
    reason: {
      zh: '一个来源停摆时，500 行可各报一错；extensions.omittedErrors 说明未列出的个数',
      en: 'one dead source may cost each of 500 rows an error; extensions.omittedErrors says how many are left out',
    },
  },
  errorLength: {
    unit: 'characters',
    default: 1000,
    least: 200,
    most: 10_000,
    what: { zh: '一条错误的文字', en: 'text of one error' },
    reason: {
      zh: '错误会引用所发内容，而后者可达 1 MB',
      en: 'errors quote what was sent, which may be a megabyte',
    },
  },
  rate: {
    unit: 'perSecond',
    default: 100,
    least: 1,
    most: 100_000,
    what: { zh: '每个调用方的请求速率', en: 'requests of one caller' },
    reason: {
      zh: '十块大屏各二十个磁贴、每两秒刷新一次恰为此数；桶满时可突发 burst 个',
      en: 'ten walls of twenty tiles, polled every two seconds, need this; a full bucket lets burst of them come at once',
    },
  },
  burst: {
    unit: 'count',
    default: 200,
    least: 1,
    most: 1_000_000,
    what: { zh: '每个调用方的突发请求', en: 'requests of one caller in a burst' },
    reason: {
      zh: '页面打开时磁贴同时发问；之后按 rate 补充',
      en: 'tiles of pages ask at once when they open; rate of them come back each second',
    },
  },
  concurrent: {
    unit: 'count',
    default: 50,
    least: 1,
    most: 100_000,
    what: { zh: '每个调用方同时进行的请求', en: 'requests of one caller under way' },
    reason: {
      zh: '来源只允许几路并发，其余不过是在排队占内存',
      en: 'sources allow a few calls at a time; more requests only wait and hold memory',
    },
  },
  waiting: {
    unit: 'ms',
    default: 1000,
    least: 10,
    most: 30_000,
    what: { zh: '开始之前的等待', en: 'wait before a request begins' },
    reason: {
      zh: '突发的请求排队作答；持续超载时至多等 20 毫秒，其余立即得到 503，不做无用功',
      en: 'a burst is answered in turn; in a standing overload the wait is 20 ms at most and the rest gets 503 at once, so that no work is thrown away',
    },
  },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof LIMITS;
export type LimitValues = Readonly<Record<LimitName, number>>;

export const LIMIT_NAMES = Object.keys(LIMITS) as readonly LimitName[];

/** The table's defaults. */
export const USUAL_LIMITS: LimitValues = Object.freeze(
  Object.fromEntries(LIMIT_NAMES.map((name) => [name, LIMITS[name].default])) as Record<LimitName, number>,
);

/** How much one request may ask for. */
export interface RequestLimits extends LimitValues {
  readonly costs: CostSettings;
  readonly deadline: RequestDeadline;
  /** How long an export waits for what is away. Milliseconds. */
  readonly exportPatienceMs: number;
  /** Exports under way at a time; each may hold some 100 MB. */
  readonly exportsAtOnce: number;
}

export const DEFAULT_LIMITS: RequestLimits = Object.freeze({
  ...USUAL_LIMITS,
  costs: USUAL_COSTS,
  deadline: USUAL_DEADLINE,
  exportPatienceMs: 120_000,
  exportsAtOnce: 4,
});
