import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeKept } from '../../test/kept-places.ts';
import { leftOut } from '../../test/left-out.ts';
import { RealClock } from '../clock.ts';
import { Landscape } from '../landscape.ts';
import { notesSystem } from '../testing/notes-system.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { HistoryFolder } from './history-folder.ts';
import { newArchive, openArchive } from './open-archive.ts';
import { databaseIn } from './open-folder.ts';
import { openStoredHistory } from './postgres/open-store.ts';
import { isStore } from './postgres/store-address.ts';
import { lastTimeOf } from './resume.ts';

const openHistory = (place: string) =>
  isStore(place) ? openStoredHistory(place) : new HistoryFolder(place);

async function serving(place: string, seed = 'seed') {
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

describeKept('a history', (places) => {
  let place: string;
  beforeEach(() => {
    place = places.fresh();
  });

  test('goes on with everything that was acknowledged when its process was killed', async () => {
    const first = await serving(place);
    expect([await first.add('a'), await first.add('b')]).toEqual(['N1', 'N2']);
    const second = await serving(await places.left(place));
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

  test('delivers what it had not delivered', async () => {
    const first = await serving(place);
    first.landscape.deliverTo(() => new Promise(() => {}));
    await first.add('a');
    const second = await serving(await places.left(place));
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
    const first = await serving(place);
    const exchange = {
      exchange: 'notes-x1',
      link: 'integration -> notes',
      callee: 'notes',
      operation: 'addNote',
    };
    first.archive.history.append({
      ...exchange,
      type: 'exchange.invoked',
      at: 1,
      caller: 'integration',
      attempt: 1,
      method: 'POST',
      path: '/v1/notes',
      safe: false,
    });
    await first.landscape.close();
    const second = await serving(place);
    expect([...second.archive.history].at(-1)).toMatchObject({
      ...exchange,
      type: 'exchange.completed',
      outcome: 'info',
    });
    await second.landscape.close();
  });

  test('that cannot be written any more answers nobody, says why, and has what was acknowledged', async () => {
    const first = await serving(place);
    await first.add('a');
    const mend = await places.break(place);
    await expect(first.add('b')).rejects.toThrow('fetch failed');
    const told = `Failed to write the history ${places.named(place)}: ${places.broken}`;
    expect((await first.archive.failed).message).toContain(told);
    await expect(first.landscape.close()).rejects.toThrow(told);
    mend();
    const second = await serving(place);
    expect(await second.all()).toContainEqual({ key: 'N1', text: 'a', revision: 1 });
    await second.landscape.close();
  });

  test('is not opened by two at a time', async () => {
    const { landscape } = await serving(place);
    expect(() => openArchive(place)).toThrow('another process is writing it');
    await landscape.close();
    openArchive(place).close();
  });

  test('of another version is refused, for writing and for reading', async () => {
    await (await serving(place)).landscape.close();
    await places.makeVersion(place, 99);
    const told = `Failed to read the history ${places.named(place)}: it has format 99, and this seatrial reads 1`;
    expect(() => openArchive(place)).toThrow(told);
    expect(() => openHistory(place)).toThrow(told);
  });

  test('is no database of somebody else', async () => {
    await places.makeForeign(place);
    const told = `Failed to read the history ${places.named(place)}: it is no database of seatrial`;
    expect(() => openArchive(place)).toThrow(told);
    expect(() => openHistory(place)).toThrow(told);
  });

  test('of another landscape is refused', async () => {
    await (await serving(place)).landscape.close();
    await expect(serving(place, 'another')).rejects.toThrow(
      'it is of a landscape with the seed seed, not another',
    );
  });

  test('that is there is none for what begins anew', async () => {
    await (await serving(place)).landscape.close();
    expect(() => newArchive(place)).toThrow(`the history ${places.named(place)}: it is there`);
  });

  test('that lacks a record in its middle says which', async () => {
    const { landscape, add } = await serving(place);
    await add('a');
    await landscape.close();
    await places.edit(place, 'DELETE FROM record WHERE position = 1');
    expect(() => [...openHistory(place)]).toThrow('record 1 is missing or broken');
  });

  test('is read as it was written', async () => {
    const { landscape, add, archive } = await serving(place);
    for (const text of ['a', 'b\0c', '\uff21😀']) await add(text);
    await landscape.close();
    await places.edit(place, 'SELECT system, id, data FROM documents');
    await places.edit(place, 'SELECT id, data, actor FROM commits');
    const history = openHistory(place);
    expect([...history]).toEqual([...archive.history]);
    expect(history.at(2)).toEqual(archive.history.at(2));
    expect(history.header).toMatchObject({ seed: 'seed' });
    history.close();
  });
});

describe('a folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  const disks: string[] = [];
  afterEach(() => {
    for (const disk of disks.splice(0)) execFileSync('umount', ['-l', disk]);
  });

  /** A disk of its own, mounted with these options. */
  function mounted(options: string): string {
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', disk]);
    disks.push(disk);
    return disk;
  }

  test('loses nothing but the last batch when the end of the log is torn off', async () => {
    const first = await serving(folder);
    await first.add('a');
    const kept = [...first.archive.history].length;
    await first.add('b');
    const copy = join(folder, 'copy');
    mkdirSync(copy);
    for (const name of ['history.sqlite', 'history.sqlite-wal']) {
      cpSync(join(folder, name), join(copy, name));
    }
    const log = `${databaseIn(copy)}-wal`;
    truncateSync(log, statSync(log).size - 100);
    const second = await serving(copy);
    const positions = [...second.archive.history].map(({ position }) => position);
    expect(positions).toEqual(positions.map((_, index) => index));
    expect(positions.length).toBeGreaterThanOrEqual(kept);
    expect(await second.all()).toContainEqual({ key: 'N1', text: 'a', revision: 1 });
    await Promise.all([first.landscape.close(), second.landscape.close()]);
  });

  const isRoot = process.getuid?.() === 0;
  const noDisk = leftOut(
    'small-disk',
    process.platform === 'linux' && isRoot,
    'a full disk',
    'Run it as root on Linux, where a small disk can be mounted.',
  );

  test.skipIf(noDisk)(
    'on a full disk is named, and loses nothing that was acknowledged',
    async () => {
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
    },
  );

  test.skipIf(noDisk)('that may only be read is named', () => {
    const disk = mounted('ro');
    expect(() => openArchive(disk)).toThrow(
      /Failed to write the history .*: (the disk|it) may only be read/,
    );
    expect(() => openArchive(join(disk, 'new'))).toThrow('the disk may only be read');
  });

  test.skipIf(isRoot)('without permission is named', () => {
    chmodSync(folder, 0o555);
    expect(() => openArchive(join(folder, 'new'))).toThrow('it is not allowed');
  });

  test('with a text for a database is refused', () => {
    writeFileSync(databaseIn(folder), 'hello, this is no database at all '.repeat(90));
    expect(() => openArchive(folder)).toThrow('it is no database');
    expect(() => new HistoryFolder(folder)).toThrow('it is no database');
  });

  test('that is not there cannot be read', () => {
    expect(() => new HistoryFolder(join(folder, 'none'))).toThrow('there is no such folder');
  });
});
