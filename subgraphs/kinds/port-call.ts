import { declareKind } from './kind.js';
import { closedSeason } from './port-call/closed-season.js';

export const portCall = declareKind({
  name: 'PortCall',
  plural: 'portCalls',
  words: {
    type: '进出港报告. One report of leaving or entering port.',
    list: '跨部门进出港报告清单，默认从新到旧. Port calls of all departments, merged; newest first unless ordered otherwise.',
    stats: '进出港统计；by 为空列表时为总计. Port calls counted by dimensions; in total when `by` is empty.',
  },
  subject: {
    words: '报告的船舶. The vessel that reported.',
    list: '该船舶的进出港报告. Port calls of this vessel.',
  },
  fields: {
    department: {
      type: 'Code',
      level: 'L1',
      enum: 'Department',
      required: true,
      words: '接收部门. The department that it was reported to.',
    },
    reportedAt: { type: 'DateTime', level: 'L2', required: true, words: '报告时间. When it was reported.' },
    date: { type: 'Date', level: 'L2', required: true, words: '报告日期. The day on which it was reported.' },
    direction: {
      type: 'Code',
      level: 'L2',
      enum: 'PortDirection',
      required: true,
      words: '进港或出港. Direction.',
    },
    port: { type: 'Text', level: 'L2', few: true, words: '港口. Port.' },
    peopleOnBoard: {
      type: 'Integer',
      level: 'L2',
      words: '在船人数，含船员. People on board, the crew included.',
    },
    gear: {
      type: 'Code',
      level: 'L2',
      enum: 'FishingGear',
      words:
        '作业类型，以报告为准，可能与登记不同. What the vessel works with, as it reported; the register may say otherwise.',
    },
  },
  day: 'date',
  order: [{ field: 'reportedAt', direction: 'desc' }],
  ordered: [],
  derived: { closedSeason },
  limits: {},
  links: {},
  followUps: {},
});
