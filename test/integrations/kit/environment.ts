/** What the trial tells an integration: where the systems are, who it is there, where to listen. */
import { fileStorage } from './file-storage.ts';
import { seldomRead } from './kept.ts';
import { nodeFetch } from './node-fetch.ts';
import type { Storage } from './stored.ts';

export interface SystemConnection {
  /** The wire it speaks: `plain`, `s4hana`, `coupa`. */
  readonly dialect: string;
  readonly url: string;
  readonly basePath: string;
  readonly tokenPath: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Time as the integration sees it, so that the same code runs in virtual time. */
export interface Time {
  now(): number;
  after(delayMs: number, action: () => void): { cancel(): void };
}

export interface Environment {
  readonly systems: Readonly<Record<string, SystemConnection>>;
  readonly webhookSecret: string;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Time;
  /** What survives a crash. */
  readonly storage: Storage;
  /** Sees to it that it does, where that takes something. */
  readonly save?: () => void;
  /** When it does. */
  readonly saved?: () => Promise<void>;
}

/** The machine's own time. */
export const machineTime: Time = {
  now: () => Date.now(),
  after: (delayMs, action) => {
    const timer = setTimeout(action, delayMs);
    return { cancel: () => clearTimeout(timer) };
  },
};

/** Reads `SEATRIAL_<SYSTEM>_URL` and its companions. */
export function environmentOfProcess(env: NodeJS.ProcessEnv = process.env): Environment {
  const systems: Record<string, SystemConnection> = {};
  for (const name of ['procurement', 'erp', 'wms']) {
    const read = (suffix: string): string => {
      const value = env[`SEATRIAL_${name.toUpperCase()}_${suffix}`];
      if (value === undefined)
        throw new Error(`SEATRIAL_${name.toUpperCase()}_${suffix} is not set`);
      return value;
    };
    systems[name] = {
      dialect: read('DIALECT'),
      url: read('URL'),
      basePath: read('BASE_PATH'),
      tokenPath: read('TOKEN_PATH'),
      clientId: read('CLIENT_ID'),
      clientSecret: read('CLIENT_SECRET'),
    };
  }
  return {
    systems,
    webhookSecret: env['SEATRIAL_WEBHOOK_SECRET'] ?? '',
    fetch: nodeFetch,
    clock: machineTime,
    ...(env['SEATRIAL_DATA_DIR'] === undefined
      ? { storage: new Map() }
      : fileStorage(env['SEATRIAL_DATA_DIR'], seldomRead)),
  };
}
