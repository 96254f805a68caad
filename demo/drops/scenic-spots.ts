import { randomFor } from '../random.js';
import type { LegacyTable } from '../stores/legacy-table.js';
import { type RecordOf, recordTable } from '../stores/record-table.js';
import { subjectCode, subjectName } from '../stores/subject-code.js';
import { townshipOf } from '../world/townships.js';
import type { World } from '../world/world.js';

const COLUMNS = [
  { name: '景区编号', type: 'text' },
  { name: '景区名称', type: 'text' },
  { name: '等级', type: 'text' },
  { name: '最大承载量', type: 'integer' },
  { name: '当日接待量', type: 'integer' },
  { name: '统计日期', type: 'text' },
  { name: '乡镇', type: 'text' },
  { name: '运营单位', type: 'text' },
  { name: '统一社会信用代码', type: 'text' },
  { name: '备注', type: 'text' },
] as const;

/** A级景区: the list that the tourism section keeps, with the count of visitors of the day. */
export function scenicSpotTable(world: World): LegacyTable {
  return recordTable({
    name: 'A级景区',
    columns: COLUMNS,
    primaryKey: ['景区编号'],
    indexes: [],
    records: function* (): Generator<RecordOf<typeof COLUMNS>> {
      for (const {
        index: turn,
        name,
        grade,
        capacity,
        visitorsToday,
        township,
        operator,
      } of world.scenicSpots) {
        const random = randomFor(world.seed, 'culture.scenic-spot', turn);
        yield {
          景区编号: `JQ330922${String(turn + 1).padStart(4, '0')}`,
          景区名称: name,
          // Full-width letters, or with its unit.
          等级: turn % 4 === 1 ? `${grade}级` : turn % 4 === 3 ? grade.replace('A', 'Ａ') : grade,
          最大承载量: capacity,
          当日接待量: visitorsToday,
          统计日期: world.today.replaceAll('-', '/'),
          乡镇: townshipOf(township).name,
          运营单位: subjectName(world, operator),
          统一社会信用代码: subjectCode(random, world, operator, turn),
          // D10: four bytes in GB18030, nothing in GB2312. A comma and quotes want quoting.
          备注: turn % 3 === 0 ? '含㟙头、𣗋岙步道,又称"东崖"' : null,
        };
      }
    },
  });
}
