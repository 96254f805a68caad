import { lintPolicy } from './lint-policy.js';

const POLICY = `roles:
  analyst:
    title: 分析员 Analyst
    may: []
    types:
      "*": { L1: allow }
      Inspectoin: { L2: allow }
      "*Filter": { L2: allow }
      "*Order": { L2: allow }
`;

it('finds names and patterns that fit no type, where they stand', () => {
  const problems = lintPolicy(POLICY, 'policy.yaml', ['Query', 'Inspection', 'InspectionFilter']);
  expect(problems).toMatchObject([
    {
      rule: 'unknown-type',
      place: { file: 'policy.yaml', line: 7 },
      en: expect.stringContaining('Inspectoin'),
    },
    { place: { line: 9 }, zh: expect.stringContaining('*Order') },
  ]);
});
