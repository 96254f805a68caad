import type { Random } from '../../random.js';
import type { Complaint, ComplaintCategory, Person } from '../world.js';

/** What callers say; `…` stands for whom they mean. */
const WORDS: Readonly<Record<ComplaintCategory, readonly string[]>> = {
  CATERING: [
    '在…用餐后全家腹泻，怀疑海鲜不新鲜，要求查处。',
    '…后厨卫生脏乱，从业人员未佩戴口罩。',
    '…夜间油烟直排，影响周边居民。',
    '…饭菜中有异物，老板拒绝处理。',
  ],
  FOOD: ['在…购买的鱼干已过保质期。', '…销售的贻贝没有生产日期和厂家。'],
  HOMESTAY: ['预订…后到店加价，拒绝退款。', '…布草有污渍，未见卫生许可证。', '…未登记身份证即可入住。'],
  FISHERY: ['休渔期内看到…夜间出海。', '…在养殖区附近违规下网，损坏贻贝筏架。'],
  TRANSPORT: ['…超载载客，未发救生衣。', '…无故取消班次，未通知旅客。'],
  ENVIRONMENT: ['…污水直排入海，气味难闻。', '…深夜噪音扰民，多次反映未解决。'],
  MARKET: ['…未明码标价，结账时多收费。', '…网上宣传与实际不符，要求退款。'],
  CONSTRUCTION: ['…施工占用道路堆放砂石。', '…夜间施工，扬尘严重。'],
  HEALTH: ['…未见执业许可证，器具未消毒。', '在…理发后头皮感染。'],
  OTHER: ['…门口垃圾无人清理。', '咨询…附近停车位何时开放。', '…门前路灯损坏，请尽快维修。'],
};
const NOBODY = '路边一家店';
const OPENINGS: ReadonlyMap<Complaint['kind'], string> = new Map([
  ['CONSULTATION', '咨询如何投诉：'],
  ['HELP', '求助：'],
  ['SUGGESTION', '建议加强监管：'],
]);

/** The caller's words; every so often with the caller's telephone or number in them, which must not be shown. */
export function complaintText(
  random: Random,
  { kind, category }: Pick<Complaint, 'kind' | 'category'>,
  named: string | null,
  { index, caller }: { readonly index: number; readonly caller: Person },
): string {
  const words = random.pick(WORDS[category]).replace('…', named ?? NOBODY);
  const text = `${OPENINGS.get(kind) ?? ''}${words}`;
  if (index % 13 === 4) return `${text}联系电话${caller.phone}。`;
  if (index % 17 === 6) return `${text}本人身份证${caller.idNo}，请尽快回复。`;
  return text;
}
