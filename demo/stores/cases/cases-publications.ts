import { type Random, randomFor } from '../../random.js';
import { addDays } from '../../world/days.js';
import type { PenaltyCase, World } from '../../world/world.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import {
  dirtyDate,
  dirtyDecisionNo,
  fullWidth,
  inTenThousands,
  nullWord,
  openEndedDate,
} from '../dirt/dirt.js';
import { spell } from '../spell-code.js';
import { institutionCells } from '../supervision/supervision-codes.js';
import { PENALTY_KINDS, PUBLICATION_STATUSES } from './cases-codes.js';
import type { PublicationRecord } from './cases-columns.js';
import type { CasePartyCells, CasePartyWriter } from './cases-party.js';

/**
 * One published decision in the 双公示 extract: the row, after earlier sendings of it, and before rows that must
 * never be shown.
 *
 * @param turn position among the published decisions.
 */
export function writePublication(
  world: World,
  party: CasePartyWriter,
  penaltyCase: PenaltyCase,
  publishedAt: string,
  turn: number,
): readonly PublicationRecord[] {
  const random = randomFor(world.seed, 'cases.publication', penaltyCase.index);
  const at = (later: number): string => deliveredAt(publishedAt, world.today, later, turn);
  const row: PublicationRecord = {
    ...partyCells(party.write(random, penaltyCase.subject, turn)),
    ...decisionCells(random, penaltyCase, publishedAt, turn),
    CF_JLBH: `SGS330922${String(penaltyCase.index).padStart(10, '0')}`,
    CF_SJLY: '嵊泗县公共信用信息平台',
    CF_SJLYDM: '330922',
    BZ: turn % 7 === 2 ? '无' : null,
    SFSC: turn % 2 === 0 ? '0' : null,
    env_flag: null,
    CF_SJC: at(0),
  };
  if (turn === 0) return [row, { ...row, CF_SJC: lastDelivery(world.today) }];
  const twin: PublicationRecord = { ...row, CF_JLBH: `${String(row.CF_JLBH)}-2` };
  switch (turn % 12) {
    case 1:
      return [
        { ...row, CF_NR_FK: '9.99', CF_ZT: '0', CF_GSRQ: '2020-01-01' },
        { ...row, CF_SJC: at(2) },
      ];
    case 2:
      return [row, twin, { ...twin, SFSC: '1', CF_SJC: at(1) }];
    case 3:
      return [row, { ...twin, CF_XDR_MC: '测试企业', env_flag: turn % 2 === 0 ? 'test' : '1' }];
    default:
      return [row];
  }
}

/** The extract takes the party as the case system has it, under its own names. */
function partyCells(party: CasePartyCells) {
  return {
    CF_XDR_MC: party.admin_cp_name,
    CF_XDR_LB: party.admin_cp_cert_type === '111' ? '自然人' : '法人及非法人组织',
    CF_XDR_SHXYM: party.admin_cp_uscc,
    CF_XDR_GSZC: party.admin_cp_regno,
    CF_XDR_ZZJG: null,
    CF_XDR_SWDJ: null,
    CF_FRDB: party.legal_representative,
    CF_XDR_ZJLX: party.admin_cp_cert_type,
    CF_XDR_ZJHM: party.admin_cp_cert_no,
  };
}

function decisionCells(random: Random, penaltyCase: PenaltyCase, publishedAt: string, turn: number) {
  const { decisionNo, decidedAt, penalties, name } = penaltyCase;
  const institution = institutionCells(penaltyCase.department, turn);
  const words = penalties.map((kind) => spell(PENALTY_KINDS, kind, 1));
  return {
    CF_WSH: decisionNo === null ? null : turn % 3 === 1 ? dirtyDecisionNo(random, decisionNo) : decisionNo,
    CF_WFXW: name,
    CF_SY: `当事人实施${name}的行为`,
    CF_YJ: '《中华人民共和国行政处罚法》第二十八条',
    CF_CFLB: words.join(';'),
    CF_NR: words.join('，'),
    CF_NR_FK: tenThousands(penaltyCase.fine, turn),
    CF_NR_WFFF: tenThousands(penaltyCase.confiscated, turn + 1),
    CF_NR_ZKDX: penalties.includes('REVOKE_LICENCE') ? '食品经营许可证' : nullWord(random),
    CF_JDRQ:
      decidedAt === null ? nullWord(random) : turn % 2 === 0 ? dirtyDate(random, decidedAt) : decidedAt,
    CF_YXQ: turn % 4 === 1 ? '无处罚期限' : openEndedDate(random),
    CF_GSRQ: publishedAt,
    CF_GSJZQ: turn % 5 === 0 ? openEndedDate(random) : addDays(publishedAt, 365),
    CF_CFJG: institution.name,
    CF_CFJGDM: institution.code,
    CF_ZT: spell(PUBLICATION_STATUSES, penaltyCase.publication, turn % 8 === 5 ? 1 : null),
  };
}

/** D17: yuan as 万元, now and then full width or without its last zeros. */
function tenThousands(yuan: string | null, turn: number): string | null {
  if (yuan === null) return null;
  const amount = inTenThousands(yuan);
  if (turn % 9 === 7) return fullWidth(amount);
  return turn % 3 === 0 ? amount : amount.replace(/\.?0+$/, '');
}
