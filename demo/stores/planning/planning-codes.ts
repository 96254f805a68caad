import { type CodeBook, codeBook } from '../spell-code.js';

/** `TDYT`: GB/T 21010, now and then in words (D16). */
export const LAND_USES: CodeBook = codeBook([
  ['0601', ['0601', '工业用地']],
  ['0602', ['0602', '采矿用地']],
  ['0501', ['0501', '零售商业用地']],
  ['0504', ['0504', '旅馆用地']],
  ['0702', ['0702', '农村宅基地', '宅基地']],
  ['1104', ['1104', '坑塘水面']],
]);

/** `WFLX` of spots. */
export const OFFENCES: CodeBook = codeBook([
  ['NONE', ['0', '无']],
  ['OCCUPATION', ['1', '未批先占']],
  ['FARMLAND', ['2', '破坏耕地']],
  ['MINING', ['3', '违法采矿']],
  ['CHANGED_USE', ['4', '擅自改变用途']],
  ['BUILDING', ['5', '违法建设']],
]);

/** `PDJG` of spots. */
export const JUDGEMENTS: CodeBook = codeBook([
  ['LEGAL', ['合法', 'HF']],
  ['ILLEGAL', ['违法', 'WF']],
  ['TEMPORARY', ['临时用地', 'LS']],
  ['NO_CHANGE', ['伪变化', 'WBH']],
  ['PENDING', ['待核实', 'DHS']],
]);

/** `LZ`: 薪炭林 until the Forest Law of 2019. */
export const FOREST_KINDS: CodeBook = codeBook([
  ['PROTECTION', ['110', '防护林']],
  ['SPECIAL', ['120', '特用林']],
  ['TIMBER', ['230', '用材林']],
  ['ENERGY', ['240', '薪炭林']],
  ['ECONOMIC', ['250', '经济林']],
]);

export const MINE_STATES: CodeBook = codeBook([
  ['VALID', ['1', '有效', '在采']],
  ['SUSPENDED', ['2', '停采', '暂扣']],
  ['CANCELLED', ['3', '注销', '已注销']],
  ['REVOKED', ['4', '吊销']],
  ['WITHDRAWN', ['5', '收回']],
]);

export const CASE_STAGES: CodeBook = codeBook([
  ['CLUE', ['线索核查', 'A1']],
  ['FILED', ['立案', 'A2']],
  ['INVESTIGATING', ['调查取证', 'A3']],
  ['REVIEW', ['审核', 'A4']],
  ['NOTICE', ['告知', 'A5']],
  ['HEARING', ['听证', 'A6']],
  ['COLLECTIVE', ['会审', 'A7']],
  ['DECIDED', ['作出决定', 'A8']],
  ['SERVED', ['送达', 'A9']],
  ['EXECUTING', ['执行', 'B1']],
  ['CLOSED', ['结案', 'B2']],
  ['NO_PENALTY', ['不予处罚', 'C1']],
  ['WITHDRAWN', ['撤销立案', 'C2']],
  ['TRANSFERRED', ['移送司法', 'C3']],
  ['SUSPENDED', ['中止调查', 'C4']],
  ['TERMINATED', ['终止调查', 'C5']],
  ['UNDER_REVIEW', ['行政复议', 'C6']],
  ['LITIGATION', ['行政诉讼', 'C7']],
]);

export const CASE_PROCESSES: CodeBook = codeBook([
  ['SIMPLE', ['简易', '简易程序']],
  ['ORDINARY', ['普通', '一般', '普通程序']],
]);

export const CASE_SOURCES: CodeBook = codeBook([
  ['INSPECTION', ['动态巡查', '日常巡查']],
  ['COMPLAINT', ['信访举报', '12336举报']],
  ['SUPERIOR', ['上级交办', '督察交办']],
  ['TRANSFER', ['部门移送']],
  ['MONITORING', ['卫片执法', '卫星监测']],
  ['MEDIA', ['媒体反映']],
  ['OTHER', ['其他']],
]);

export const PENALTY_KINDS: CodeBook = codeBook([
  ['WARNING', ['警告']],
  ['FINE', ['罚款']],
  ['CONFISCATE_INCOME', ['没收违法所得']],
  ['CONFISCATE_PROPERTY', ['没收建筑物', '没收非法财物']],
  ['SUSPEND_PRODUCTION', ['责令停产停业']],
  ['REVOKE_LICENCE', ['吊销采矿许可证']],
  ['SUSPEND_LICENCE', ['暂扣许可证件']],
  ['CRITICISM', ['通报批评']],
  ['OTHER', ['其他']],
]);

export const PUBLICATION_STATUSES: CodeBook = codeBook([
  ['NOT_PUBLISHED', ['未公开', '0']],
  ['PUBLISHED', ['已公开', '1']],
  ['WITHDRAWN', ['已撤下', '2']],
  ['DELETED', ['已删除', '3']],
]);
