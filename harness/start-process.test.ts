import { existsSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { VirtualClock } from './clock.ts';
import { startProcess } from './start-process.ts';

const command = `node -e "console.log(process.env.SEATRIAL_DATA_DIR); require('http').createServer().listen(process.env.PORT)"`;

test('stopped while it is away, it does not come back, and its folder is gone', async () => {
  const notes: string[] = [];
  let wake = (): void => {};
  const clock = new VirtualClock();
  vi.spyOn(clock, 'sleep').mockImplementation(() => new Promise((resolve) => (wake = resolve)));
  const running = await startProcess(
    { kind: 'process', command },
    { systems: {}, webhookSecret: '', fetch, clock },
    { clock, note: (what) => void notes.push(what) },
    undefined,
  );
  await vi.waitFor(() => expect(running.output()).toContain('seatrial-integration-'));
  running.crash?.({ downMs: 1, keeps: false });
  await running.stop();
  await vi.waitFor(() => {
    wake();
    expect(running.pending()).toBe(0);
  });
  expect(notes).toEqual(['killed']);
  expect(existsSync(running.output())).toBe(false);
});
