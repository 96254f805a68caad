import fc from 'fast-check';
import type { Scheme } from '../kinds/subject-key.js';
import { dateCodec, dateTimeCodec } from './dates/date-codec.js';
import { hashPerson } from './identifiers/person-key.js';
import { readSubjectRef } from './identifiers/subject-ref.js';
import { decimalCodec } from './numbers/decimal-codec.js';
import { integerCodec } from './numbers/integer-codec.js';
import { WRITTEN_AMOUNTS, WRITTEN_INTEGERS } from './testing/written-amounts.js';
import type { WrittenCells } from './testing/written-cell.js';
import { WRITTEN_DAYS, WRITTEN_MOMENTS } from './testing/written-dates.js';
import {
  WRITTEN_CITIZENS,
  WRITTEN_PLATES,
  WRITTEN_USCCS,
  WRITTEN_VESSEL_NAMES,
} from './testing/written-identifiers.js';
import { WRITTEN_DOCUMENT_NUMBERS, WRITTEN_NAMES, WRITTEN_TEXTS } from './testing/written-texts.js';
import { documentNumberCodec } from './texts/document-number-codec.js';
import { textCodec } from './texts/text-codec.js';
import { textsCodec } from './texts/texts-codec.js';
import type { ValueCodec } from './value-codec.js';

const dates = { format: 'any', zone: 'Asia/Shanghai', isNumeric: false, nulls: [] } as const;
const CELLS_PER_CODEC = 5000;

const CODECS: readonly { readonly name: string; readonly codec: ValueCodec; readonly cells: WrittenCells }[] =
  [
    { name: 'days', codec: dateCodec(dates), cells: WRITTEN_DAYS },
    { name: 'moments', codec: dateTimeCodec(dates), cells: WRITTEN_MOMENTS },
    {
      name: 'amounts',
      codec: decimalCodec({ unit: '元', order: 'none', nulls: [] }),
      cells: WRITTEN_AMOUNTS,
    },
    { name: 'integers', codec: integerCodec({ isNumeric: false, nulls: [] }), cells: WRITTEN_INTEGERS },
    { name: 'texts', codec: textCodec([]), cells: WRITTEN_TEXTS },
    {
      name: 'names',
      codec: textsCodec({ at: ['、', ',', ';', ' ', '\n'], strip: ['[（(][^）)]*[）)]'] }, []),
      cells: WRITTEN_NAMES,
    },
    {
      name: 'document numbers',
      codec: documentNumberCodec({ nulls: [], isCanonical: true }),
      cells: WRITTEN_DOCUMENT_NUMBERS,
    },
  ];

const personKey = 'key';
const IDENTIFIERS: readonly { readonly scheme: Scheme; readonly cells: WrittenCells }[] = [
  { scheme: 'uscc', cells: WRITTEN_USCCS },
  { scheme: 'person', cells: WRITTEN_CITIZENS },
  { scheme: 'plate', cells: WRITTEN_PLATES },
  { scheme: 'vesselname', cells: WRITTEN_VESSEL_NAMES },
];

test.each(IDENTIFIERS)('no $scheme becomes another', ({ scheme, cells }) => {
  fc.assert(
    fc.property(cells, ({ cell, truth, isDoubtful }) => {
      const { refs, quality } = readSubjectRef(scheme, cell, { personKey });
      if (isDoubtful === true && refs.length === 0) {
        expect(quality).not.toEqual([]);
        return;
      }
      const value = scheme === 'person' ? hashPerson(String(truth), personKey) : truth;
      expect({ cell, refs }).toEqual({ cell, refs: [{ scheme, value }] });
    }),
    { numRuns: CELLS_PER_CODEC },
  );
});

/** What a careful person reads is the oracle: a cell is read as it was meant, or says that it is in doubt. */
test.each(CODECS)(
  '$name as programs and clerks write them are never silently different',
  ({ codec, cells }) => {
    fc.assert(
      fc.property(cells, ({ cell, truth, isDoubtful }) => {
        const { value, quality } = codec.decode(cell);
        if (isDoubtful === true && quality.length > 0) return;
        expect({ cell, value }).toEqual({ cell, value: truth });
      }),
      { numRuns: CELLS_PER_CODEC },
    );
  },
);
