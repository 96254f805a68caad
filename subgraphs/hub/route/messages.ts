import type { RouteReason, RouteWarning } from './route.js';

const WORDS: { readonly [code in RouteReason | RouteWarning]: string } = {
  ITEM_MISSING: '未给出事项，请补充。 Tell the item.',
  PLACE_MISSING: '未给出地点，请补充。 Tell the place.',
  PLACE_OUTSIDE:
    '该点不在本县任何已登记的乡镇或海域内。 The point lies in no township or sea area that the county has an outline of.',
  PLACE_NEAR_BORDER:
    '按坐标与界线的精度，不能确定该点在界线哪一侧，请改用地名。 The point is too near a border to tell on which side it lies: give the place by name.',
  DATUM_UNKNOWN: '该坐标系与 WGS-84 的偏差没有登记。 Nobody recorded how far that datum is from WGS-84.',
  CATALOGUE_UNREACHABLE: '事项清单暂时读不到，不作判断。 A catalogue does not answer; nothing is guessed.',
  NO_VERSION: '该日没有有效的县综合行政执法事项目录。 No edition of the county list covers that day.',
  UNLISTED_ITEM:
    '事项不在任何清单中，可能属业务主管部门。 The item is in no list; it may be a department’s own.',
  NOT_IN_FORCE: '事项在该日无效。 The item was not in force on that day.',
  SPECIAL_UNKNOWN: '称有上级特别规定，但未登记该规定。 A special provision is claimed that is not on record.',
  BOUNDARY_UNCLEAR:
    '部分划转的事项没有写明职责边界，请提请裁定。 Moved in part, and no boundary is written down.',
  POSITIVE_DISPUTE: '两个以上部门主张管辖且均未先立案，请提请裁定。 Several claim it, and none filed first.',
  NEGATIVE_DISPUTE: '两个以上部门拒绝管辖，请提请裁定。 Several decline it.',
  BODY_UNKNOWN: '该日以谁的名义执法没有登记。 Nobody recorded in whose name the department acts on that day.',
  PLACE_BY_ALIAS: '地点按别名或旧名识别。 The place was recognised by another or a former name.',
  PLACE_UNDER_REVIEW: '该地管辖待确认，请复核。 Who is in charge of the place is to be confirmed.',
  AREA_UNCONFIRMED: '所据的界线待确认，请复核。 The outline that it rests on is to be confirmed.',
  DOUBLE_PENALTY: '他部门已先立案；同一违法行为不得两次罚款。 Another filed first; one act is fined once.',
  NO_TEAM: '该部门没有执法队伍，不得使用已撤销的队伍。 The department has no team.',
  TEAMS_UNREACHABLE: '队伍台账暂时读不到。 The list of teams does not answer.',
  RETURNED_TO_DEPARTMENT:
    '未划转且无专业队伍，回归业务主管部门。 Not moved and kept by no team: the department’s own.',
};

/** A sentence for people, Chinese first. */
export function wordsOf(code: RouteReason | RouteWarning): string {
  return WORDS[code];
}
