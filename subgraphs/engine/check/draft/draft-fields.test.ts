import { draftField } from './draft-fields.js';

const column = (name: string) => ({ name, type: 'text', nativeType: 'text', nullable: true }) as const;

test.each([
  ['罚款金额（万元）', '万元'],
  ['罚款金额(单位：万元)', '万元'],
  ['船长(厘米)', '厘米'],
])('the heading %s is drafted in %s', (name, unit) => {
  expect(draftField(column(name), ['1.5', '20']).field).toEqual({ column: name, type: 'Decimal', unit });
});

test('a heading without a unit says nothing of units', () => {
  expect(draftField(column('罚款金额（大写）'), ['壹佰元']).field).toEqual({ column: '罚款金额（大写）' });
});
