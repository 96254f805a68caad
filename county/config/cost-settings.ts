import { z } from 'zod';
import { COST_MODES, type CostSettings, USUAL_COSTS } from '../../gateway/cost/cost-settings.js';

const { mode, listSize, call } = USUAL_COSTS;

/** `cost: { mode: measure, listSize: 10, call: 10 }`; how much an operation may cost is `limits.cost`. */
export const costGrammar = z.strictObject({
  mode: z
    .enum(COST_MODES)
    .optional()
    .meta({
      description: `enforce：拒绝超过 limits.cost 的操作；measure：只计量，照常执行。默认 ${mode}。 enforce: operations beyond limits.cost are refused; measure: they are counted and carried out. ${mode} by default.`,
      default: mode,
    }),
  listSize: z
    .int()
    .min(1)
    .max(100_000)
    .optional()
    .meta({
      description: `查询与数据模型均未说明长度的清单按多少个计，默认 ${listSize}；未说明页长的分页清单按 20 行计。 Elements of a list of which neither the query nor the schema says how long it is, ${listSize} by default; a page of which nobody says it has 20 rows.`,
      default: listSize,
    }),
  call: z
    .int()
    .min(0)
    .max(100_000)
    .optional()
    .meta({
      description: `对子图的每次请求计多少点，默认 ${call}。 What each request to a subgraph costs, ${call} by default.`,
      default: call,
    }),
});

/** What is not said is as usual. */
export function readCosts(said: z.infer<typeof costGrammar> = {}): CostSettings {
  return Object.freeze({
    mode: said.mode ?? mode,
    listSize: said.listSize ?? listSize,
    call: said.call ?? call,
  });
}
