import { z } from 'zod';
import { gatewayGrammar } from './gateway-settings.js';

/** The text of `schema/gateway.v1.json`: what editors check `gateway.yaml` against. */
export function gatewayJsonSchema(): string {
  const schema = z.toJSONSchema(gatewayGrammar, { io: 'input', target: 'draft-7' });
  return `${JSON.stringify({ title: 'enforcement-graph gateway.yaml, version 1', ...schema }, null, 2)}\n`;
}
