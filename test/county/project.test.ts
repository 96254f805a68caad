import { EXIT } from '../../cli/exit-code.js';
import { checkCounty } from '../../cli/run/check-county.js';
import { composeCounty } from '../../cli/run/compose-county.js';
import { testIo } from '../../cli/testing/test-io.js';
import type { VerbIo } from '../../cli/verbs/verb-io.js';

function listen(): { readonly io: VerbIo; readonly lines: string[] } {
  const lines: string[] = [];
  return {
    lines,
    // Of a county that nobody built: what the tree says is checked without any source.
    io: testIo({
      environment: { DEMO_SIZE: 'tiny', DEMO_SEED: '987654321' },
      say: (line) => void lines.push(line),
    }),
  };
}

describe('the project', () => {
  it('has generated schema files that are what the sources give', () => {
    const { io, lines } = listen();
    expect([composeCounty({ checkOnly: true }, io), lines]).toEqual([
      EXIT.ok,
      [expect.stringContaining('what the sources give')],
    ]);
  });

  it('has mappings without findings, and golden rows that read as recorded', async () => {
    const { io, lines } = listen();
    const code = await checkCounty(
      { department: null, kinds: ['lint', 'conform', 'sample'], configFile: null },
      io,
    );
    expect([code, lines]).toEqual([
      EXIT.ok,
      [expect.stringMatching(/^\d+ departments, 0 errors, 0 warnings$/)],
    ]);
  });
});
