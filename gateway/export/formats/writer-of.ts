import type { FileForm } from '../ask/export-format.js';
import type { WriteFile } from './file-writer.js';
import { writeCsv } from './write-csv.js';
import { writeNdjson } from './write-ndjson.js';
import { writeXlsx } from './xlsx/write-xlsx.js';

export function writerOf(form: FileForm): WriteFile {
  if (form.format === 'csv') return writeCsv(form.charset);
  return form.format === 'xlsx' ? writeXlsx() : writeNdjson;
}
