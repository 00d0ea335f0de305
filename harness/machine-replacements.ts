/** What each patch of the machine does for a caller that belongs to a trial. */
import type { Replacement } from './machine-patches.ts';

/** A timer whose action is the trial's, too. */
export const timer =
  (kind: 'setTimeout' | 'setInterval'): Replacement =>
  (machine) =>
  (action: (...rest: unknown[]) => void, delayMs = 0, ...rest: unknown[]) =>
    machine.schedule(Number(delayMs), (ms) =>
      machine.timersOf[kind](
        () => machine.act(() => action(...rest)),
        kind === 'setTimeout' ? ms : Math.max(1, Number(delayMs)),
      ),
    );

export const immediate: Replacement =
  (machine) =>
  (action: (...rest: unknown[]) => void, ...rest: unknown[]) =>
    machine.schedule(0, () =>
      machine.timersOf.setImmediate(() => machine.act(() => action(...rest))),
    );

/** Clearing knows by the timer itself whose it is: a real one is cleared for real. */
export const clearing =
  (kind: 'clearTimeout' | 'clearInterval' | 'clearImmediate'): Replacement =>
  (machine, original) =>
  (handle: unknown) => {
    const ours =
      typeof handle === 'number' || machine.timersOf.timers?.has(Number(handle)) === true;
    if (ours) machine.timersOf[kind](handle as never);
    else original(handle);
  };

export const sleep: Replacement =
  (machine) =>
  (delayMs = 0, value?: unknown, { signal }: { signal?: AbortSignal } = {}) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(abortError(signal));
      const handle = machine.schedule(Number(delayMs), (ms) =>
        machine.timersOf.setTimeout(() => resolve(value), ms),
      );
      signal?.addEventListener('abort', () => {
        machine.timersOf.clearTimeout(handle);
        reject(abortError(signal));
      });
    });

const abortError = (signal: AbortSignal): Error =>
  Object.assign(new Error('The operation was aborted', { cause: signal.reason }), {
    name: 'AbortError',
    code: 'ABORT_ERR',
  });

export const nextTurn: Replacement = (machine) => (value?: unknown) =>
  new Promise((resolve) =>
    machine.schedule(0, () => machine.timersOf.setImmediate(() => resolve(value))),
  );

export const timeoutSignal: Replacement = (machine) => (delayMs: number) => {
  const abort = new AbortController();
  const reason = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
  machine.schedule(delayMs, (ms) => machine.timersOf.setTimeout(() => abort.abort(reason), ms));
  return abort.signal;
};

export const randomBytes: Replacement =
  (machine) => (count: number, done?: (...all: unknown[]) => void) => {
    const bytes = machine.bytes(count);
    if (done === undefined) return bytes;
    queueMicrotask(() => done(null, bytes));
    return undefined;
  };

export const filled: Replacement = (machine) => (view: ArrayBufferView) => {
  Buffer.from(view.buffer, view.byteOffset, view.byteLength).set(machine.bytes(view.byteLength));
  return view;
};

export const randomInteger: Replacement =
  (machine) =>
  (...parameters: unknown[]) => {
    const [first, second] = parameters.filter((each) => typeof each === 'number') as number[];
    const [least, end] = second === undefined ? [0, first as number] : [first as number, second];
    const value = least + Math.floor(machine.draw() * (end - least));
    const done = parameters.at(-1);
    if (typeof done !== 'function') return value;
    queueMicrotask(() => done(null, value));
    return undefined;
  };

export const hrtime: Replacement =
  (machine) =>
  (before: [number, number] = [0, 0]) => {
    const nanoseconds =
      BigInt(Math.round(machine.now() * 1e6)) -
      BigInt(before[0]) * 1_000_000_000n -
      BigInt(before[1]);
    return [Number(nanoseconds / 1_000_000_000n), Number(nanoseconds % 1_000_000_000n)];
  };

/** Lets it happen, and says so. */
export const leaking =
  (name: string, about: (parameters: unknown[]) => string = () => ''): Replacement =>
  (machine, original) =>
    function leak(this: unknown, ...parameters: unknown[]): unknown {
      machine.leaked(`${name}${about(parameters)}`);
      return original.apply(this, parameters);
    };

/** Where a socket is asked to go; a list is how Node itself normalises the parameters. */
export function destination([first, second]: unknown[]): string {
  const options = Array.isArray(first) ? first[0] : first;
  if (typeof options === 'object' && options !== null) {
    const { host = 'localhost', port, path } = options as Record<string, unknown>;
    return ` to ${String(path ?? `${String(host)}:${String(port)}`)}`;
  }
  return ` to ${String(second ?? 'localhost')}:${String(options)}`;
}
