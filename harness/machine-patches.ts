/**
 * What is put in the place of the process's own timers, time, chance and network while trials run in it.
 * Each patch asks which trial its caller belongs to, and does what it always did for everybody else. It
 * is the one place of the harness that reaches into globals: code that was not written for a trial
 * cannot be handed a clock.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import childProcess from 'node:child_process';
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import timers from 'node:timers';
import timersPromises from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Fetch } from './edge/injected-fetch.ts';
import type { FakeClock } from './fake-clock.ts';
import {
  clearing,
  destination,
  filled,
  hrtime,
  immediate,
  leaking,
  nextTurn,
  randomBytes,
  randomInteger,
  sleep,
  timeoutSignal,
  timer,
} from './machine-replacements.ts';

/** What the patches ask of a machine. */
export interface MachineFace {
  readonly fetch: Fetch;
  readonly timersOf: FakeClock['timers'];
  now(): number;
  wallNow(): number;
  draw(): number;
  bytes(count: number): Buffer;
  uuid(): string;
  leaked(name: string): void;
  run<T>(work: () => T): T;
  /** Runs what nobody waits for: what it throws is its machine's. */
  act(work: () => void): void;
  schedule<T>(delayMs: number, set: (delayMs: number) => T): T;
}

const callers = new AsyncLocalStorage<MachineFace>();

export const currentMachine = (): MachineFace | undefined => callers.getStore();

export const enterMachine = <T>(machine: MachineFace, work: () => T): T =>
  callers.run(machine, work);

export type Method = (this: unknown, ...parameters: any[]) => any;
export type Replacement = (machine: MachineFace, original: Method) => Method;

/** A function that does as `replaced` says for callers of a trial, and what it always did for others. */
function dispatching(original: Method, replaced: Replacement): Method {
  return function dispatch(this: unknown, ...parameters: unknown[]): unknown {
    const machine = callers.getStore();
    const chosen = machine === undefined ? original : replaced(machine, original);
    return chosen.apply(this, parameters);
  };
}

interface Patch {
  readonly target: object;
  readonly name: string;
  readonly replaced: Replacement;
}

function patches(): Patch[] {
  const webcrypto = Object.getPrototypeOf(globalThis.crypto) as object;
  const draw: Replacement = (machine) => () => machine.draw();
  const now: Replacement = (machine) => () => machine.now();
  const uuid: Replacement = (machine) => () => machine.uuid();
  const inBoth = (name: string, replaced: Replacement): Patch[] =>
    [globalThis, timers].map((target) => ({ target, name, replaced }));
  return [
    ...inBoth('setTimeout', timer('setTimeout')),
    ...inBoth('setInterval', timer('setInterval')),
    ...inBoth('setImmediate', immediate),
    ...inBoth('clearTimeout', clearing('clearTimeout')),
    ...inBoth('clearInterval', clearing('clearInterval')),
    ...inBoth('clearImmediate', clearing('clearImmediate')),
    { target: timersPromises, name: 'setTimeout', replaced: sleep },
    { target: timersPromises, name: 'setImmediate', replaced: nextTurn },
    { target: AbortSignal, name: 'timeout', replaced: timeoutSignal },
    { target: performance, name: 'now', replaced: now },
    { target: process, name: 'hrtime', replaced: hrtime },
    { target: Math, name: 'random', replaced: draw },
    { target: webcrypto, name: 'randomUUID', replaced: uuid },
    { target: webcrypto, name: 'getRandomValues', replaced: filled },
    { target: crypto, name: 'randomUUID', replaced: uuid },
    { target: crypto, name: 'randomBytes', replaced: randomBytes },
    { target: crypto, name: 'randomInt', replaced: randomInteger },
    { target: crypto, name: 'randomFillSync', replaced: filled },
    { target: globalThis, name: 'fetch', replaced: ({ fetch }) => fetch as Method },
    {
      target: net.Socket.prototype,
      name: 'connect',
      replaced: leaking('a connection', destination),
    },
    ...(['spawn', 'exec', 'execFile', 'fork'] as const).map((name) => ({
      target: childProcess,
      name,
      replaced: leaking('another process', ([command]) => ` (${String(command)})`),
    })),
  ];
}

let machines = 0;
let unpatch = (): void => {};

/** Puts the patches in place while anybody needs them; the returned function says one no longer does. */
export function patchMachine(): () => void {
  if (machines++ === 0) unpatch = patchAll();
  let done = false;
  return () => {
    if (done) return;
    done = true;
    if (--machines === 0) unpatch();
  };
}

function patchAll(): () => void {
  const undo = patches().map(({ target, name, replaced }) => {
    const before = Object.getOwnPropertyDescriptor(target, name);
    const original = (target as Record<string, Method>)[name] as Method;
    const value = dispatching(original, replaced);
    // `bigint` of hrtime, `promisify.custom` of timers, `__promisify__` and their like go along.
    Object.assign(value, original);
    const custom = (original as unknown as Record<symbol, unknown>)[promisify.custom];
    if (custom !== undefined) {
      Object.defineProperty(value, promisify.custom, {
        value: dispatchingSleep(name, custom as Method),
      });
    }
    Object.defineProperty(target, name, { ...before, value, configurable: true, writable: true });
    return () => {
      if (before) Object.defineProperty(target, name, before);
      else delete (target as Record<string, unknown>)[name];
    };
  });
  undo.push(patchBigint(), patchDate());
  syncBuiltinESMExports();
  return () => {
    for (const each of undo) each();
    syncBuiltinESMExports();
  };
}

const dispatchingSleep = (name: string, original: Method): Method =>
  dispatching(original, name === 'setImmediate' ? nextTurn : sleep);

function patchBigint(): () => void {
  const patched = process.hrtime;
  const original = patched.bigint;
  patched.bigint = dispatching(
    original as Method,
    (machine) => () => BigInt(Math.round(machine.now() * 1e6)),
  ) as typeof original;
  return () => {
    patched.bigint = original;
  };
}

/** `new Date()` and `Date.now()` tell the trial's time; everything else of Date is as it was. */
function patchDate(): () => void {
  const real = Date;
  const now = dispatching(real.now, (machine) => () => machine.wallNow());
  const patched: DateConstructor = new Proxy(real, {
    construct: (target, parameters, newTarget) => {
      const machine = parameters.length === 0 ? callers.getStore() : undefined;
      const given = machine === undefined ? parameters : [machine.wallNow()];
      return Reflect.construct(target, given, newTarget === patched ? target : newTarget) as object;
    },
    apply: (target) => new target(callers.getStore()?.wallNow() ?? target.now()).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
  globalThis.Date = patched;
  return () => {
    globalThis.Date = real;
  };
}
