/**
 * A history as CSV, one file for each type of record, for DuckDB, spreadsheets and whoever reads no
 * JSON. What is no plain value (a document) is JSON in its field.
 */
import { join } from 'node:path';
import type { HistorySource } from '../../harness/history.ts';
import type { RecordType } from '../../harness/record.ts';
import { TextFile } from './text-file.ts';

/** Columns of each type behind `position` and `at`; the name of the file is in front. */
const tables: Readonly<Record<RecordType, readonly [file: string, columns: string]>> = {
  phase: ['phases', 'phase reason'],
  'exchange.invoked': [
    'exchanges-invoked',
    'exchange link caller callee operation key attempt method path safe idempotencyKey correlationId bodyHash message',
  ],
  'exchange.completed': [
    'exchanges-completed',
    'exchange link callee operation key outcome status cut rule retryAfterMs',
  ],
  commit: ['commits', 'system document id version transaction exchange actor correlationId data'],
  'message.emitted': [
    'messages-emitted',
    'message system channel link event document key version correlationId',
  ],
  'message.delivered': [
    'messages-delivered',
    'message system channel link event document key version attempt copy outcome status',
  ],
  'message.abandoned': ['messages-abandoned', 'message system channel link document key version'],
  'fault.fired': [
    'faults-fired',
    'fault kind link operation key attempt version exchange message detail settings',
  ],
  'fault.injected': ['faults-injected', 'fault kind link'],
  'fault.healed': ['faults-healed', 'fault kind link'],
  'actor.acted': ['actors', 'actor action system key refused detail'],
  integration: ['integration', 'event detail'],
};

/** Writes the files into a folder that is there; returns their paths. */
export function exportCsv(history: HistorySource, folder: string): string[] {
  const files = new Map<RecordType, TextFile>();
  try {
    for (const record of history) {
      const [name, text] = tables[record.type];
      const columns = text.split(' ');
      let file = files.get(record.type);
      if (file === undefined) {
        files.set(record.type, (file = new TextFile(join(folder, `${name}.csv`))));
        file.write(`${['position', 'at', ...columns].join(',')}\n`);
      }
      const fields = record as unknown as Readonly<Record<string, unknown>>;
      const values = [record.position, record.at, ...columns.map((column) => fields[column])];
      file.write(`${values.map(field).join(',')}\n`);
    }
  } finally {
    for (const file of files.values()) file.close();
  }
  return [...files.values()].map(({ path }) => path);
}

/** A value as RFC 4180 writes it. */
function field(value: unknown): string {
  if (value === undefined) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
