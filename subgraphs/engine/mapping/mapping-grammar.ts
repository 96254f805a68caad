import { z } from 'zod';
import { LEVELS } from '../../../runtime/level.js';
import { duration } from '../../../runtime/yaml/duration.js';
import { KINDS, ROW_KINDS } from '../../kinds/kinds.js';
import { SCHEMES } from '../../kinds/subject-key.js';
import { isNamedLikePart, PART_PREFIXES } from '../../port/watched-parts.js';
import { DATE_FORMATS } from '../../values/dates/date-format.js';
import { PLATE_COLOURS } from '../../values/identifiers/plate-colour.js';
import { UNIT_NAMES } from '../../values/numbers/units.js';
import { isPattern } from '../../values/texts/split.js';
import { sourceGrammar } from './source-grammar.js';

const clockTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: '时刻，如 22:30 | a time of day such as 22:30' });
/** Hours of a day by the county's clock; those whose ends are equal last all day. */
export const clockWindow = z.strictObject({ from: clockTime, to: clockTime });
const columnName = z.string().min(1).max(128);
const scheme = z.enum(SCHEMES);
const dateFormat = z.enum(DATE_FORMATS);
const cell = z.union([z.string(), z.number(), z.null()]);
const cellFilter = z.union([
  cell,
  z.array(cell).min(1),
  z.strictObject({ not: z.union([cell, z.array(cell).min(1)]) }),
]);
const cellFilters = z.record(columnName, cellFilter);
const fieldName = z
  .string()
  .regex(/^[a-z]\w*$/, { error: '字段名，如 checkedAt | a field name such as checkedAt' });
const level = z.enum(LEVELS);

/** `60%`; decoded by `shareOf`. */
const share = z
  .string()
  .regex(/^(\d{1,4}(\.\d+)?)%$/, { error: '百分比，如 60% | a percentage such as 60%' });
const partialShare = share.refine((text) => Number.parseFloat(text) <= 100, {
  error: '不超过 100% | at most 100%',
});

const separator = z.string().min(1);
const separators = z.union([separator, z.array(separator).min(1)]);
const pattern = z
  .string()
  .min(1)
  .refine(isPattern, { error: '正则表达式，如 （.*?） | a regular expression such as （.*?）' });
const split = z
  .union([separators, z.strictObject({ at: separators, strip: z.array(pattern).min(1).optional() })])
  .meta({
    description:
      '分隔符（可多个）；strip 为先去除的文字. Separators; strip: patterns that are taken out of each element.',
  });

const field = z.strictObject({
  column: columnName.optional().meta({ description: '来源列. The source column.' }),
  value: z.string().optional().meta({ description: '常量. A constant instead of a column.' }),
  type: z
    .enum([
      'Text',
      'Texts',
      'Date',
      'DateTime',
      'Decimal',
      'Integer',
      'Boolean',
      'Code',
      'Codes',
      'Township',
      'DocumentNumber',
      'PersonName',
      'Uscc',
      'Longitude',
      'Latitude',
    ])
    .optional(),
  format: dateFormat.optional(),
  edge: z.enum(['start', 'end']).optional().meta({
    description: '时段的哪一端：2026-06 取首日还是末日. Which end of a period 2026-06 stands for.',
  }),
  zone: z.string().optional(),
  clock: z
    .strictObject({ column: columnName, words: z.record(z.string(), z.string()) })
    .optional()
    .meta({
      description:
        '各行时钟不一时：写明时钟的列，以及各词所指时区. The column that says by which clock a row was written.',
    }),
  sorts: z.enum(['asText', 'asNumber', 'asDecimal', 'native']).optional(),
  codes: z.string().optional(),
  codesAsOf: columnName.optional(),
  many: z.string().min(1).optional(),
  split: split.optional(),
  spelling: z.enum(['printed', 'canonical']).optional().meta({
    description: '文号的写法：原样或统一写法. How a document number is shown.',
  }),
  unit: z.enum(UNIT_NAMES).optional(),
  unitColumn: columnName
    .optional()
    .meta({ description: '各行自己写明单位的列. The column in which each row says its own unit.' }),
  pair: columnName.optional().meta({
    description:
      '坐标的另一列，用于识别经纬度颠倒；或应与之相同的统一社会信用代码列. The other coordinate, to tell swapped ones; or the code that ought to be the same.',
  }),
  perDegree: z.union([z.literal(1), z.literal(600_000), z.literal(10_000_000)]).optional(),
  pattern: pattern.optional().meta({
    description:
      '文本中有效的部分（正则表达式，取第一组）；不符者为空. What of a text counts; a text without it is null.',
  }),
  redact: z
    .literal(true)
    .optional()
    .meta({ description: '隐去文中的电话与证件号码. Hides telephone and citizen numbers in the text.' }),
  words: z.record(z.string(), z.int()).optional(),
  truths: z.array(z.string()).min(1).optional(),
  nulls: z.array(z.string()).optional(),
  classification: level.optional().meta({
    description:
      '级别：L1 公开、L2 内部、L3 敏感；L4 不得映射。部门自有字段必填，kind 的字段已定级. How much it must be protected; a facet’s field needs one.',
  }),
  description: z.string().optional(),
});

const plateColour = z
  .strictObject({
    column: columnName,
    words: z.record(z.string(), z.enum(PLATE_COLOURS)).optional(),
  })
  .meta({
    description:
      '车牌颜色列，仅用于 plate；words 为代码所指颜色. Column of a plate’s colour, and what its codes stand for.',
  });

const interfaceName = z.string().regex(/^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/, {
  error: '接口名，如 market.inspection | a name such as market.inspection',
});

const FACET_PATH = new RegExp(
  `^(?:${ROW_KINDS.join('|')})\\.[a-z]\\w*(?:\\.[a-z]\\w*)?$|^Subject\\.[a-z]\\w*\\.[a-z]\\w*$`,
);

/** The grammar of one mapping file; `schema/interface.v1.json` is generated from it. */
export const mappingGrammar = z.strictObject({
  interface: interfaceName
    .refine((name) => !isNamedLikePart(name), {
      error: `接口名，不以 ${PART_PREFIXES.map((prefix) => `${prefix}.`).join('、')} 开头（异常中用于其他被观测的部分） | a name that begins with none of ${PART_PREFIXES.map((prefix) => `${prefix}.`).join(', ')}, by which incidents name what is watched besides interfaces`,
    })
    .meta({ description: '接口名，稳定不变. Stable name: metrics, coverage, audit.' }),
  title: z.string().min(1),
  owner: z.strictObject({ department: z.string().min(1), contact: z.string().optional() }),
  feeds: z.enum(KINDS).optional(),
  facet: z
    .string()
    .regex(FACET_PATH, {
      error:
        '路径，如 Inspection.market、Event.grassroots.steps、Subject.market.licences | a path such as Inspection.market, Event.grassroots.steps or Subject.market.licences',
    })
    .optional(),
  of: interfaceName.optional().meta({
    description:
      '补充另一接口的行：以相同主键，或以 by 所列的列. Completes rows of another interface: by the same key, or by the columns of `by`.',
  }),
  match: z
    .record(z.string(), z.string())
    .refine((fields) => Object.keys(fields).length === 1, { error: '恰一项 | exactly one entry' })
    .optional()
    .meta({
      description:
        '以文号补充其他部门的行：{ 实体的字段: 本接口的字段 }. Completes rows of any department by document number: { field of the entity: field of this interface }.',
    }),
  by: z.array(columnName).min(1).optional().meta({
    description:
      '本接口中存放 of 所指接口主键的列，按其主键顺序. Columns that hold the key of the row of `of` that a row belongs to, in the order of that key.',
  }),
  source: sourceGrammar,
  key: z.array(columnName).min(1),
  latest: z.strictObject({ by: z.array(columnName).min(1), newest: z.array(columnName).min(1) }).optional(),
  order: z.record(z.string(), z.enum(['asc', 'desc'])).optional(),
  subject: z
    .array(
      z.strictObject({
        scheme,
        column: columnName,
        colour: plateColour.optional(),
        split: split.optional(),
      }),
    )
    .optional(),
  related: z
    .array(
      z.strictObject({
        role: z.enum(['OWNER', 'LEGAL_REPRESENTATIVE', 'CAPTAIN']),
        scheme,
        column: columnName,
        split: split.optional(),
        share: columnName.optional(),
      }),
    )
    .optional(),
  fields: z.record(fieldName, field),
  ordered: z
    .array(z.tuple([fieldName, fieldName]))
    .min(1)
    .optional()
    .meta({
      description:
        '先后不可颠倒的两个日期字段，颠倒的行标记 TEMPORAL_INCONSISTENT. Dates of which the first cannot come after the second.',
    }),
  where: cellFilters.optional(),
  whereLatest: cellFilters.optional(),
  watermark: z
    .strictObject({
      column: columnName,
      format: dateFormat.optional(),
      zone: z.string().optional(),
      recent: z.strictObject({ column: columnName, within: duration }).optional(),
      every: duration,
      warn: duration,
      fail: duration,
    })
    .optional(),
  probe: z.strictObject({ every: duration }).optional(),
  observe: z
    .strictObject({
      every: duration.optional().meta({
        description:
          '每隔多久查看列、逐日行数、取值与主键，默认 1h. How often columns, days, cells and keys are looked at.',
      }),
      days: z.enum(['working', 'every']).optional().meta({
        description:
          '何日有新数据：working 仅工作日；默认按水位频率，12h 以上者为 working. On which days news comes.',
      }),
      slow: duration.optional().meta({
        description:
          '95% 的调用应快于此，默认 limits.timeout 的一半. Of twenty calls at most one may take longer.',
      }),
      available: partialShare.optional().meta({
        description: '应答率目标，默认 99%. Share of looks that must be answered.',
      }),
      volume: z.strictObject({ low: partialShare.optional(), high: share.optional() }).optional().meta({
        description:
          '当日行数占近四周同一星期几中位数的比例，写明者一律照此判断. A day’s rows by the median of the same weekday in four weeks; what is stated here holds without exception.',
      }),
      cells: z
        .strictObject({
          flagged: partialShare.optional().meta({
            description: '每个字段不可读取值的比例上限，默认 10%. Share of unreadable cells of each field.',
          }),
          fields: z.record(fieldName, partialShare).optional().meta({
            description: '按字段另行规定. The same, by field.',
          }),
          unresolved: partialShare.optional().meta({
            description: '无法确认主体的行的比例上限，默认 50%. Share of rows about nobody known.',
          }),
          unknownCodes: z.int().min(0).optional().meta({
            description:
              '每个字段允许的代码表之外的代码个数，默认 0. Different codes outside the list, of each field.',
          }),
        })
        .optional(),
      texts: z
        .record(
          fieldName,
          z.union([columnName, z.strictObject({ table: columnName, code: columnName, text: columnName })]),
        )
        .optional()
        .meta({
          description:
            '来源自己对代码的说明：同一行中的列，或代码表 {table, code, text}；含义对调时据此报告. Where the source itself says what the codes of a field mean: a column of the same row, or a table; told when codes have exchanged their meanings.',
        }),
      drop: z.strictObject({ short: partialShare }).optional().meta({
        description:
          '文件行数低于以往文件中位数的此比例为不全，默认 50%. A file with a smaller share of the usual rows is short.',
      }),
      expires: z.iso.date().optional().meta({
        description: '密码、密钥或应用授权的到期日. The day on which its credentials end.',
      }),
    })
    .optional()
    .meta({
      description:
        '接口应达到的要求，供观测判断；未写明者按默认. What is promised of the interface; the observer tells when it is not kept.',
    }),
  scope: z.strictObject({ township: columnName.optional() }).optional(),
  requires: z
    .array(z.string().regex(/^[a-z]\w*$/, { error: '字段名或 subject | the name of a field, or subject' }))
    .min(1)
    .optional()
    .meta({
      description:
        '查询须至少按其中之一筛选，否则不访问来源：字段名或 subject. Without one of these filters the source is not asked.',
    }),
  snapshot: z
    .strictObject({
      every: duration,
      changes: duration.optional().meta({
        description: '两次整体读取之间，按水位只读变化的频率. How often changed rows alone are read.',
      }),
      whole: duration.optional().meta({
        description: '整体读取的频率（用于发现删除）. How often all is read, so that deleted rows go.',
      }),
      staleFor: duration.optional().meta({
        description: '来源故障时最多沿用多久，默认 24h. How long it serves while the source fails.',
      }),
      overlap: duration.optional().meta({
        description: '读取变化时向前重叠的时间，默认 10m. How far readings of changes reach back.',
      }),
      store: z.array(z.string().min(1)).min(1).optional().meta({
        description: '允许保存的 L3 字段. Fields of level L3 that may be kept.',
      }),
      keys: z
        .union([z.strictObject({ of: interfaceName }), z.strictObject({ refs: scheme })])
        .optional()
        .meta({
          description:
            '来源只能按标识查询时，读取哪些标识：of 为同部门的接口，refs 为登记索引中的一类标识. For a source that answers for keys alone: the keys that it is asked for.',
        }),
    })
    .optional()
    .meta({
      description:
        '定期整体读取并保存为版本. The source is read whole now and then, and queries ask what was read.',
    }),
  catalogue: z
    .strictObject({
      share: z.enum(['UNCONDITIONAL', 'CONDITIONAL']).meta({
        description:
          '共享属性：无条件共享或有条件共享（受限共享）. Without or with conditions; what is not shared is withheld.',
      }),
      conditions: z.string().min(1).optional().meta({
        description: '有条件共享的条件. On which conditions it is shared.',
      }),
      basis: z.string().min(1).meta({ description: '依据. The rule that says so.' }),
      updates: duration.optional().meta({
        description: '更新频率；默认为 watermark.every. How often it is updated.',
      }),
      withheld: z
        .array(
          z.strictObject({
            columns: z.array(columnName).min(1),
            level,
            basis: z.string().min(1),
            reason: z.string().min(1),
          }),
        )
        .min(1)
        .optional()
        .meta({
          description: '不予共享的列：不得映射. Columns that are shared with nobody: nothing may read them.',
        }),
    })
    .optional()
    .meta({
      description:
        '政务数据目录的登记（政务数据共享条例）. What the catalogue of government data says of the interface.',
    }),
  limits: z
    .strictObject({
      keysPerCall: z.int().min(1).max(10_000).optional(),
      callPrice: z.int().min(1).max(100_000).optional().meta({
        description:
          '一次调用的价格（点），默认 10；一次调用的各个键分摊，计入操作的估算成本. What a call costs in points, 10 by default; the keys of a call share it, and it counts to the estimated cost of operations.',
      }),
      concurrent: z.int().min(1).max(64).optional(),
      timeout: duration.optional(),
      maxRowsScanned: z.int().min(1).max(10_000_000).optional(),
      maxBytes: z.int().min(1024).optional(),
      perMinute: z.int().min(1).optional(),
      perDay: z.int().min(1).optional(),
      quiet: z.array(clockWindow).min(1).optional(),
      retries: z.int().min(0).max(5).optional(),
      breaker: z.boolean().optional(),
    })
    .optional(),
});

export type MappingText = z.infer<typeof mappingGrammar>;
export type FieldText = z.infer<typeof field>;
export type CellFilterText = z.infer<typeof cellFilter>;
