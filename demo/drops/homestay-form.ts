import type { LedgerForm } from './ledger-form.js';

/** 民宿台账. */
export const HOMESTAY_FORM: LedgerForm = {
  title: (sheet) => `嵊泗县民宿台账（${sheet}）`,
  columns: [
    { group: '序号', heading: '序号' },
    { group: '基本信息', heading: '民宿名称' },
    { group: '基本信息', heading: '经营者' },
    { group: '基本信息', heading: '身份证号' },
    { group: '基本信息', heading: '统一社会信用代码' },
    { group: '基本信息', heading: '地址' },
    { group: '基本信息', heading: '乡镇' },
    { group: '基本信息', heading: '开业日期' },
    { group: '规模', heading: '房间数' },
    { group: '规模', heading: '床位数' },
    { group: '规模', heading: '等级' },
    { group: '证照', heading: '特种行业许可证号' },
    { group: '证照', heading: '发证日期' },
    { group: '证照', heading: '有效期至' },
    { group: '证照', heading: '状态' },
    { group: '坐标', heading: '经度' },
    { group: '坐标', heading: '纬度' },
  ],
  dates: ['发证日期'],
};
