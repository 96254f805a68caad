import { asksForTrue, type DerivedDeclaration, textOf } from '../derived.js';
import type { RowCondition } from '../row-condition.js';

const DEPARTURE = 'DEPARTURE';

const INPUTS = ['direction', 'gear', 'reportedAt'] as const;

export const closedSeason: DerivedDeclaration<(typeof INPUTS)[number]> = {
  type: 'Boolean',
  level: 'L2',
  words: [
    '是否在所报作业类型的伏季休渔期内出港；进港、作业类型不明或未收录该年度休渔期时为空。已收录 2021 至 2026 年，',
    '其中待确认之处见 schema/closed-seasons.yaml；专项捕捞许可未计入.',
    'Whether it is a departure within the summer closed season of the gear that was reported; null for arrivals, without a',
    'known gear, and in years whose seasons are not known. Those of 2021 to 2026 are, with what of them is to be confirmed',
    'in schema/closed-seasons.yaml; permits for special fishing are left out of account.',
  ].join('\n'),
  inputs: INPUTS,
  requires: INPUTS,
  value: (values, { closedSeasons }) => {
    const [gear, moment] = [textOf(values, 'gear'), textOf(values, 'reportedAt')];
    if (values.get('direction') !== DEPARTURE || gear === null || moment === null) return null;
    return closedSeasons.isClosed(gear, moment);
  },
  narrow: (comparison, { closedSeasons }) =>
    asksForTrue(comparison)
      ? {
          condition: {
            all: [
              { field: 'direction', in: [DEPARTURE] },
              {
                any: closedSeasons.seasons.map(
                  ({ gears, from, until }): RowCondition => ({
                    all: [
                      { field: 'gear', in: gears },
                      { field: 'reportedAt', from },
                      { not: { field: 'reportedAt', from: until } },
                    ],
                  }),
                ),
              },
            ],
          },
          exact: true,
        }
      : null,
};
