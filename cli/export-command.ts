/** `seatrial export`: a recorded history in the form that another tool reads. */
import { mkdirSync } from 'node:fs';
import { basename, relative, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { timestamp } from '../domain/calendar-date.ts';
import { StoreAddress } from '../harness/archive/postgres/store-address.ts';
import { HistoryWriter } from '../harness/history-file.ts';
import { exportCsv } from '../report/export/export-csv.ts';
import { exportOcel } from '../report/export/export-ocel.ts';
import { type RecordedHistory, openHistory, placesOf } from './open-history.ts';
import type { Shell } from './shell.ts';

const formats = ['ndjson', 'ocel', 'csv'] as const;

interface Options {
  readonly format: (typeof formats)[number];
  readonly out?: string;
}

export const exportCommand = (shell: Shell): Command =>
  new Command('export')
    .description('write a recorded history in a form that other tools read')
    .argument('<history>', 'the file of --history, the folder of --data, or the URL of --store')
    .addOption(
      new Option(
        '--format <format>',
        'ndjson: all records; ocel: OCEL 2.0; csv: a file for each type',
      )
        .choices(formats)
        .default('ndjson'),
    )
    .option('--out <path>', 'file to write, or folder for csv; default: history.<format>')
    .addHelpText('after', examples)
    .action((path: string, options: Options) => {
      const { format } = options;
      const out = resolve(shell.cwd, options.out ?? defaults[format]);
      const places = placesOf(path, shell.cwd);
      for (const place of places) {
        const history = openHistory(place);
        const target = places.length === 1 ? out : ofShard(out, new StoreAddress(place));
        for (const file of write(history, format, target)) {
          shell.stdout.write(`${relative(shell.cwd, file)}\n`);
        }
        if ('close' in history) history.close();
      }
    });

/** Several shards make several exports: `history-2.ndjson`. */
function ofShard(out: string, { shard = 0 }: StoreAddress): string {
  const [extension] = /(\.ocel)?\.\w+$/.exec(basename(out)) ?? [''];
  return `${out.slice(0, out.length - extension.length)}-${shard}${extension}`;
}

const defaults = { ndjson: 'history.ndjson', ocel: 'history.ocel.json', csv: 'history-csv' };

function write(history: RecordedHistory, format: Options['format'], out: string): string[] {
  if (format === 'csv') {
    mkdirSync(out, { recursive: true });
    return exportCsv(history, out);
  }
  if (format === 'ocel') exportOcel(history, out, timestamp);
  else {
    const writer = new HistoryWriter(out, history.header);
    for (const record of history) writer.append(record);
    writer.close();
  }
  return [out];
}

const examples = `
Examples:
  $ seatrial export monday                                 NDJSON, which seatrial check reads, too
  $ seatrial export monday --format ocel --out monday.json
  $ seatrial export monday --format csv --out monday-csv
  $ seatrial export postgres://me@127.0.0.1/trials         a file for each shard
  $ duckdb -c "SELECT document, count(*) FROM 'monday-csv/commits.csv' GROUP BY 1"
  $ duckdb -c "COPY (FROM 'monday-csv/commits.csv') TO 'commits.parquet'"`;
