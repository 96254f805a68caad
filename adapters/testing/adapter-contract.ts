import type { SourceAdapter } from '../source-adapter.js';
import { describeFailureContract } from './contract-failures.js';
import { describeFilterContract } from './contract-filters.js';
import { describeInjectionContract } from './contract-injections.js';
import { describeOrderContract } from './contract-orders.js';
import type { ContractSetup, ContractSource } from './contract-source.js';
import type { ContractSubject } from './contract-subject.js';
import { describeTallyContract } from './contract-tallies.js';
import { describeValueContract } from './contract-values.js';
import { type HeldTable, holdTable } from './held-table.js';

/**
 * What every adapter must do, tried on a real source. What its capabilities leave out it must refuse (`orders`,
 * `tallies`) or do otherwise (`filters`, `cancels`: then only the caller is freed at once). The reference is
 * `evaluateCondition` over the same rows in memory.
 *
 * @param setup creates the source; called once, and stopped after the last test.
 */
export function describeAdapterContract(name: string, setup: ContractSetup): void {
  describe(`${name} keeps the adapter contract:`, () => {
    let source: ContractSource | null = null;
    let adapter: SourceAdapter | null = null;
    let held: HeldTable | null = null;
    const subject: ContractSubject = {
      source: () => present(source),
      adapter: () => present(adapter),
      held: () => present(held),
    };
    beforeAll(async () => {
      source = await setup();
      const table = holdTable(source);
      held = table.held;
      await source.create(table.stored);
      adapter = source.open();
    }, 120_000);
    afterAll(async () => {
      await adapter?.close();
      await source?.stop();
    }, 60_000);
    describeValueContract(subject);
    describeFilterContract(subject);
    describeOrderContract(subject);
    describeTallyContract(subject);
    describeInjectionContract(subject);
    describeFailureContract(subject);
  });
}

function present<T>(value: T | null): T {
  if (value === null) throw new Error('The contract suite has no source: its setup failed');
  return value;
}
