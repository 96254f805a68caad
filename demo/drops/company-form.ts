import type { LedgerForm } from './ledger-form.js';

/** 企业车辆台账: what the transport bureau asks every company to fill in. */
export const COMPANY_FORM: LedgerForm = {
  title: (sheet) => `${sheet}营运车辆台账`,
  columns: [
    { group: '序号', heading: '序号' },
    { group: '车辆', heading: '车牌号' },
    { group: '车辆', heading: '车牌颜色' },
    { group: '车辆', heading: '车辆类型' },
    { group: '车辆', heading: '核定载质量' },
    { group: '证件', heading: '道路运输证号' },
    { group: '证件', heading: '年审有效期至' },
    { group: '证件', heading: '保险到期日' },
    { group: '企业', heading: '统一社会信用代码' },
    { group: '企业', heading: '驾驶员' },
  ],
  dates: ['年审有效期至'],
  footer: (rows) => [`合计：${rows}辆`, '填表人：　　　　审核人：　　　　（盖章）'],
  instructions: {
    sheet: '填表说明',
    lines: ['一、每家企业填写一张工作表，不得增删列。', '二、核定载质量单位为吨，日期填到日。'],
  },
};
