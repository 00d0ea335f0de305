import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { leftOut } from '../../test/left-out.ts';
import { RealClock } from '../clock.ts';
import { Landscape } from '../landscape.ts';
import { notesSystem } from '../testing/notes-system.ts';
import { HistoryFolder } from './history-folder.ts';
import { databaseIn, openArchive } from './open-archive.ts';
import { lastTimeOf } from './resume.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seatrial-open-'));
});
const disks: string[] = [];
afterEach(() => {
  for (const disk of disks.splice(0)) execFileSync('umount', ['-l', disk]);
  rmSync(folder, { recursive: true, force: true });
});

/** A disk of its own, mounted with these options. */
function mounted(options: string): string {
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', disk]);
  disks.push(disk);
  return disk;
}

async function serving(place = folder, seed = 'seed') {
  const archive = openArchive(place);
  const clock = new RealClock({ notBefore: lastTimeOf(archive) });
  const landscape = new Landscape({ systems: { notes: notesSystem }, seed, clock, archive });
  await landscape.listen();
  const url = landscape.addresses()['notes']?.url as string;
  const add = async (text: string): Promise<string> => {
    const answer = await fetch(`${url}/v1/notes`, { method: 'POST', body: text });
    return ((await answer.json()) as { key: string }).key;
  };
  const all = async () => (await fetch(`${url}/v1/notes`)).json();
  return { archive, landscape, add, all };
}

/** What a killed process leaves: the files as they are. */
function left(): string {
  const copy = mkdtempSync(join(tmpdir(), 'seatrial-left-'));
  onTestFinished(() => rmSync(copy, { recursive: true }));
  cpSync(folder, copy, { recursive: true });
  rmSync(join(copy, 'lock'));
  return copy;
}

describe('a landscape whose process was killed', () => {
  test('goes on with everything it acknowledged', async () => {
    const first = await serving();
    expect([await first.add('a'), await first.add('b')]).toEqual(['N1', 'N2']);
    const second = await serving(left());
    expect(await second.all()).toEqual(await first.all());
    expect(await second.add('c')).toBe('N3');
    const positions = [...second.archive.history].map(({ position }) => position);
    expect(positions).toEqual(positions.map((_, index) => index));
    const exchanges = [...second.archive.history].flatMap((record) =>
      record.type === 'exchange.invoked' ? [record.exchange] : [],
    );
    expect(new Set(exchanges).size).toBe(exchanges.length);
    await Promise.all([first.landscape.close(), second.landscape.close()]);
  });

  test('loses nothing but the last batch when the end of the log is torn off', async () => {
    const first = await serving();
    await first.add('a');
    const kept = [...first.archive.history].length;
    await first.add('b');
    const copy = left();
    const log = `${databaseIn(copy)}-wal`;
    truncateSync(log, statSync(log).size - 100);
    const second = await serving(copy);
    const positions = [...second.archive.history].map(({ position }) => position);
    expect(positions).toEqual(positions.map((_, index) => index));
    expect(positions.length).toBeGreaterThanOrEqual(kept);
    expect(await second.all()).toContainEqual({ key: 'N1', text: 'a', revision: 1 });
    await Promise.all([first.landscape.close(), second.landscape.close()]);
  });

  test('delivers what it had not delivered', async () => {
    const first = await serving();
    first.landscape.deliverTo(() => new Promise(() => {}));
    await first.add('a');
    const copy = left();
    const second = await serving(copy);
    const delivered = new Promise((resolve) => {
      second.landscape.deliverTo(async (_, { headers }) => {
        resolve(headers['webhook-id']);
        return { kind: 'reply', reply: { status: 200, headers: {}, body: '' } };
      });
    });
    const [emitted] = [...first.archive.history].filter(({ type }) => type === 'message.emitted');
    expect(await delivered).toBe((emitted as { message: string }).message);
    await Promise.all([first.landscape.close(), second.landscape.close()]);
  });

  test('says of an exchange that was open that nobody knows what became of it', async () => {
    const archive = openArchive(folder);
    const clock = new RealClock();
    const landscape = new Landscape({
      systems: { notes: notesSystem },
      seed: 'seed',
      clock,
      archive,
    });
    const exchange = {
      exchange: 'notes-x1',
      link: 'integration -> notes',
      callee: 'notes',
      operation: 'addNote',
    };
    archive.history.append({
      ...exchange,
      type: 'exchange.invoked',
      at: 1,
      caller: 'integration',
      attempt: 1,
      method: 'POST',
      path: '/v1/notes',
      safe: false,
    });
    await landscape.close();
    const second = await serving();
    expect([...second.archive.history].at(-1)).toMatchObject({
      ...exchange,
      type: 'exchange.completed',
      outcome: 'info',
    });
    await second.landscape.close();
  });
});

describe('when it cannot be written any more', () => {
  test('nobody is answered, the reason is told, and what was acknowledged is there', async () => {
    const first = await serving();
    await first.add('a');
    const other = new DatabaseSync(databaseIn(folder));
    other.exec('BEGIN EXCLUSIVE');
    await expect(first.add('b')).rejects.toThrow('fetch failed');
    const told = `Failed to write the history ${databaseIn(folder)}: another process is writing it`;
    expect((await first.archive.failed).message).toContain(told);
    await expect(first.landscape.close()).rejects.toThrow(told);
    other.exec('ROLLBACK');
    other.close();
    const second = await serving();
    expect(await second.all()).toEqual([{ key: 'N1', text: 'a', revision: 1 }]);
    await second.landscape.close();
  });

  const isRoot = process.getuid?.() === 0;
  const noDisk = leftOut(
    'small-disk',
    process.platform === 'linux' && isRoot,
    'a full disk',
    'Run it as root on Linux, where a small disk can be mounted.',
  );

  test.skipIf(noDisk)('a full disk is named, and loses nothing that was acknowledged', async () => {
    const disk = mounted('size=2m');
    const first = await serving(disk);
    const acknowledged: string[] = [];
    const text = 'x'.repeat(20_000);
    await expect(
      (async () => {
        for (;;) acknowledged.push(await first.add(text));
      })(),
    ).rejects.toThrow('fetch failed');
    await expect(first.landscape.close()).rejects.toThrow(
      `Failed to write the history ${databaseIn(disk)}: the disk is full`,
    );
    const roomier = join(folder, 'roomier');
    cpSync(disk, roomier, { recursive: true });
    const second = await serving(roomier);
    const notes = (await second.all()) as { key: string }[];
    expect(notes.map(({ key }) => key)).toEqual(expect.arrayContaining(acknowledged));
    expect(acknowledged.length).toBeGreaterThan(0);
    await second.landscape.close();
  });

  test.skipIf(noDisk)('a folder that may only be read is named', () => {
    const disk = mounted('ro');
    expect(() => openArchive(disk)).toThrow(
      /Failed to write the history .*: (the disk|it) may only be read/,
    );
    expect(() => openArchive(join(disk, 'new'))).toThrow('the disk may only be read');
  });

  test.skipIf(isRoot)('a folder without permission is named', () => {
    chmodSync(folder, 0o555);
    expect(() => openArchive(join(folder, 'new'))).toThrow('it is not allowed');
  });
});

describe('a folder that cannot be taken', () => {
  test('is one that another landscape writes', async () => {
    const { landscape } = await serving();
    expect(() => openArchive(folder)).toThrow('another process is writing it');
    await landscape.close();
    openArchive(folder).close();
  });

  test('is one of another version, for writing and for reading', async () => {
    await (await serving()).landscape.close();
    const database = new DatabaseSync(databaseIn(folder));
    database.exec('PRAGMA user_version = 99');
    database.close();
    const told = `Failed to read the history ${databaseIn(folder)}: it has format 99, and this seatrial reads 1`;
    expect(() => openArchive(folder)).toThrow(told);
    expect(() => new HistoryFolder(folder)).toThrow(told);
  });

  test.each([
    [
      'a text',
      (path: string) => writeFileSync(path, 'hello, this is no database at all '.repeat(90)),
      'it is no database',
    ],
    [
      'a database of somebody else',
      (path: string) => new DatabaseSync(path).exec('CREATE TABLE t (a)'),
      'it is no database of seatrial',
    ],
  ])('is %s', (_, write, told) => {
    write(databaseIn(folder));
    expect(() => openArchive(folder)).toThrow(told);
    expect(() => new HistoryFolder(folder)).toThrow(told);
  });

  test('is one of another landscape', async () => {
    await (await serving()).landscape.close();
    await expect(serving(folder, 'another')).rejects.toThrow(
      'it is of a landscape with the seed seed, not another',
    );
  });

  test('is none at all, for reading', () => {
    expect(() => new HistoryFolder(join(folder, 'none'))).toThrow('there is no such folder');
  });

  test('has a record taken out of its middle', async () => {
    const { landscape, add } = await serving();
    await add('a');
    await landscape.close();
    const database = new DatabaseSync(databaseIn(folder));
    database.exec('DELETE FROM record WHERE position = 1');
    database.close();
    expect(() => [...new HistoryFolder(folder)]).toThrow('record 1 is missing or broken');
  });
});
