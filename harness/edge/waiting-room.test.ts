import { connect } from 'node:net';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RealClock } from '../clock.ts';
import { Landscape } from '../landscape.ts';
import { notesSystem } from '../testing/notes-system.ts';
import { listen } from './listen.ts';
import { WaitingRoom } from './waiting-room.ts';

describe('a waiting room', () => {
  it('is never fuller than it may be, and has room again for each that leaves', () => {
    const comings = fc.array(fc.boolean(), { maxLength: 300 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), comings, (most, all) => {
        const room = new WaitingRoom(most);
        let inside = 0;
        for (const comes of all) {
          if (comes) {
            const entered = room.enter();
            expect(entered).toBe(inside < most);
            if (entered) inside++;
          } else if (inside > 0) {
            room.leave();
            inside--;
          }
          expect(room.inside).toBe(inside);
        }
      }),
    );
  });

  it('answers everybody once, in the order in which they came, also who comes meanwhile', async () => {
    const room = new WaitingRoom(10);
    const answered: number[] = [];
    await new Promise<void>((done) => {
      for (let n = 0; n < 5; n++) {
        room.answer(() => {
          answered.push(n);
          room.answer(() => {
            answered.push(n + 5);
            if (answered.length === 10) done();
          });
        });
      }
    });
    expect(answered).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});

describe('a port with room for so many', () => {
  /** A request whose body is not all there yet takes a place for as long as the test wants. */
  function begin(port: number, key: string): { end(): Promise<string> } {
    const socket = connect({ port, host: '127.0.0.1' });
    const head = `PUT /v1/notes/${key} HTTP/1.1\r\nHost: notes\r\nConnection: close\r\nContent-Length: 4\r\n\r\nno`;
    socket.write(head);
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    const closed = new Promise<string>((resolve) => socket.once('close', () => resolve(text)));
    return {
      end: () => {
        socket.write('te');
        return closed;
      },
    };
  }

  it('refuses the rest with 503 and Retry-After, keeps what it took, and is open again', async () => {
    const landscape = new Landscape({
      systems: { notes: notesSystem },
      seed: 's',
      clock: new RealClock(),
    });
    const { url, port, close } = await listen(landscape.gate('notes'), { mostAtOnce: 3 });
    const write = (key: string): Promise<Response> =>
      fetch(`${url}/v1/notes/${key}`, { method: 'PUT', body: 'note' });
    try {
      const begun = ['A', 'B', 'C'].map((key) => begin(port, key));
      let taken = 0;
      let refused = await write('X');
      // Until all three have come in.
      for (; refused.status === 200; taken++) refused = await write('X');
      expect(refused.status).toBe(503);
      expect(refused.headers.get('retry-after')).toBe('1');
      for (const each of begun) expect(await each.end()).toContain('200 OK');
      expect((await write('Y')).status).toBe(200);
      const keys = [...landscape.world.history].flatMap((record) =>
        record.type === 'commit' ? [record.id] : [],
      );
      const before = Array.from({ length: taken }, () => 'X');
      expect(keys.toSorted()).toEqual(['A', 'B', 'C', ...before, 'Y']);
    } finally {
      await close();
      await landscape.close();
    }
  });
});
