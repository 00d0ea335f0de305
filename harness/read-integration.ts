/** What a user wrote for the software under test, read; and said again in words. */
import type { Integration } from './integration.ts';
import { SeatrialError } from './seatrial-error.ts';

/** A text is a URL or a shell command. Throws `integration.missing`. */
export function readIntegration(integration: Integration | string | undefined): Integration {
  if (integration === undefined) {
    throw new SeatrialError({
      code: 'integration.missing',
      task: 'run the trial',
      reason: 'it has no integration under test',
      hint: 'Give one with --integration "node middleware.js" or in the trial.',
    });
  }
  if (typeof integration !== 'string') return integration;
  return /^https?:\/\//.test(integration)
    ? { kind: 'url', url: integration }
    : { kind: 'process', command: integration };
}

/** An integration in words: its command, its URL, or that it runs in this process. */
export const describeIntegration = (integration: Integration): string => {
  if (integration.kind === 'process') return integration.command;
  return integration.kind === 'url' ? integration.url : 'in process';
};
