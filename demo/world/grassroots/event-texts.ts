import type { Random } from '../../random.js';
import type { EventCategory, Person } from '../world.js';

/** What is reported; `…` stands for whom it is about. */
const WORDS: Readonly<Record<EventCategory, readonly string[]>> = {
  STREET_ORDER: ['…占道经营，影响行人通行。', '…门前流动摊贩聚集。', '…擅自设置户外广告牌。'],
  SANITATION: ['…门口暴露垃圾未清运。', '…旁建筑垃圾随意倾倒。'],
  FACILITY: ['…附近路灯不亮。', '…旁窨井盖破损。'],
  BUILDING: ['…疑似搭建违法建筑。', '…夜间施工，扬尘严重。'],
  ENVIRONMENT: ['…排放污水，海面有油污。', '…夜间噪音扰民。'],
  FISHERY: ['…休渔期内疑似出海作业。', '发现…在禁渔区附近停留。'],
  TRAFFIC: ['…疑似超载运客。', '…车辆长期占用码头通道。'],
  MARKET: ['…未悬挂营业执照。', '…价格标示不清，游客投诉。'],
  SAFETY: ['…消防通道堵塞。', '…液化气瓶存放不规范。'],
  DISPUTE: ['…与房客发生纠纷，已劝离。', '…拖欠工资引发争执。'],
  PUBLIC_SECURITY: ['…门前多人聚集争吵。'],
  OTHER: ['…反映停车困难。', '…请求协助查找走失宠物。'],
};
const NOBODY = '一处商铺';

/** Words of whoever reported it; every so often with a telephone or citizen's number, which must not be shown. */
export function eventText(
  random: Random,
  category: EventCategory,
  named: string | null,
  { index, reporter }: { readonly index: number; readonly reporter: Person },
): string {
  const text = random.pick(WORDS[category]).replace('…', named ?? NOBODY);
  if (index % 11 === 3) return `${text}联系人电话${reporter.phone}。`;
  if (index % 19 === 7) return `${text}登记身份证${reporter.idNo}。`;
  return text;
}
