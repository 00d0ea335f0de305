/** Cuts chunks into slices of about `average_size` bytes, `delay` microseconds apart. */
import type { ToxicStub, ToxicType } from '../toxic.ts';

export const slicer: ToxicType = {
  type: 'slicer',
  goName: 'SlicerToxic',
  attributes: { average_size: 'int', size_variation: 'int', delay: 'int' },
  pipe: async (stub, { average_size: average, size_variation: variation, delay }) => {
    const delayMs = Number(delay) / 1000;
    const slice = (length: number): number[] =>
      cuts(0, length, Number(average), Number(variation), stub.draw);
    for (;;) {
      const chunk = await stub.receive();
      if (chunk === 'interrupt') return;
      if (chunk === 'end') return stub.close();
      // The real server cuts for ever and delivers nothing.
      if (Number(average) + Number(variation) <= 0) await hold(stub);
      else if (!(await sendSlices(stub, chunk, slice(chunk.data.length), delayMs))) return;
    }
  },
};

/** Sends the pieces one after the other; when interrupted, the rest at once and `false`. */
async function sendSlices(
  stub: ToxicStub,
  { data, at }: { readonly data: Buffer; readonly at: number },
  ends: readonly number[],
  delayMs: number,
): Promise<boolean> {
  let begin = 0;
  // Timers come late; what one took too long, the next takes less. Below a millisecond they cannot.
  let owedMs = 0;
  for (const end of ends) {
    await stub.send({ data: data.subarray(begin, end), at });
    begin = end;
    const since = stub.now();
    const waited = await stub.wait(delayMs < 1 ? delayMs : (owedMs += delayMs));
    owedMs -= stub.now() - since;
    if (!waited) {
      if (begin < data.length) await stub.send({ data: data.subarray(begin), at });
      return false;
    }
  }
  return true;
}

async function hold(stub: ToxicStub): Promise<void> {
  while (await stub.wait(3_600_000));
}

/** Where the pieces end: halves of halves, each cut moved by the variation, down to about the average. */
function cuts(
  begin: number,
  end: number,
  average: number,
  variation: number,
  draw: () => number,
): number[] {
  if (end - begin - average <= variation) return [end];
  let middle = begin + Math.floor((end - begin) / 2);
  if (variation > 0) middle += Math.floor(draw() * variation * 2) - variation;
  middle = Math.min(Math.max(middle, begin + 1), end - 1);
  return [
    ...cuts(begin, middle, average, variation, draw),
    ...cuts(middle, end, average, variation, draw),
  ];
}
