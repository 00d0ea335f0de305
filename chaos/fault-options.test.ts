import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SeatrialError } from '../harness/seatrial-error.ts';
import * as chaos from './index.ts';

type Constructor = (link: string, options: object) => unknown;

/** The least that each fault needs. */
const message: Record<string, object> = {
  duplicate: {},
  drop: {},
  delay: { by: '1s' },
  reorder: { window: 2 },
  stale: {},
};
const exchange: Record<string, object> = {
  loseResponse: {},
  lateCommit: { after: '1s' },
  reject: { error: 'locked' },
  throttle: { requestsPerSecond: 1 },
  expireToken: {},
  outage: {},
  latency: { latency: 1 },
  staleRead: { age: '1s' },
};
const all = [
  ...Object.entries(message).map(([name, least]) => [name, 'erp -> integration', least] as const),
  ...Object.entries(exchange).map(([name, least]) => [name, 'integration -> erp', least] as const),
];
const constructor = (name: string): Constructor =>
  (chaos as unknown as Record<string, Constructor>)[name] as Constructor;

const refusal = (name: string, link: string, options: object): SeatrialError => {
  try {
    constructor(name)(link, options);
  } catch (error) {
    expect(error).toBeInstanceOf(SeatrialError);
    return error as SeatrialError;
  }
  throw new Error(`${name} took ${JSON.stringify(options)}`);
};

describe.each(all)('%s', (name, link, least) => {
  const common: Record<string, unknown[]> = {
    rate: [-0.01, 1.01, Number.NaN, '0.5', null],
    on: ['', 7],
    key: ['', 7],
    at: [-1, 'soon', '5 m', null],
    for: [0, '0s', 'long'],
    every: [0, 'daily'],
    label: ['', 3],
    rat: [0.5],
    constructor: [1],
  };

  test('takes the least it needs', () => {
    expect(constructor(name)(link, least)).toMatchObject({ kind: name, link });
  });

  test.each(Object.entries(common))('names %s when it is wrong', (field, values) => {
    for (const value of values) {
      // A throttle takes a rate only alone.
      const given = name === 'throttle' && field === 'rate' ? {} : least;
      const error = refusal(name, link, { ...given, [field]: value });
      expect(error.code).toBe('fault.invalid');
      expect(error.message).toMatch(
        new RegExp(`^Failed to plan the fault ${name} on .*: ${field} must `),
      );
    }
  });

  test('takes what the trigger allows, and leaves out what is undefined', () => {
    const trigger = { on: 'x', key: 'K', at: '1m', for: '2m', every: '5m' };
    const label = 'mine';
    const fault = constructor(name)(link, { ...least, ...trigger, label, rate: undefined });
    expect(fault).toMatchObject({ trigger, label });
    expect((fault as { trigger: object }).trigger).not.toHaveProperty('rate');
  });

  test('wants options to be an object', () => {
    for (const options of [null, 5, 'rate', []]) {
      expect(refusal(name, link, options as never).code).toBe('fault.invalid');
    }
  });

  test('any text that is no link is refused by name', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.constantFrom('erp->wms', 'erp -> erp', 'erp', ' -> erp', 'a -> b -> c'),
        ),
        (text) => {
          fc.pre(!/^(\*|[\w.-]+) -> (\*|[\w.-]+)$/.test(text) || text === 'erp -> erp');
          expect(refusal(name, text, least).message).toContain('link must ');
        },
      ),
      { numRuns: 20 },
    );
  });
});

test.each(Object.entries(message))(
  '%s: messages go to the integration, and have no attempts',
  (name, least) => {
    expect(refusal(name, 'integration -> erp', least).message).toContain(
      'link must lead to the integration',
    );
    expect(refusal(name, 'erp -> integration', { ...least, attempt: 2 }).message).toContain(
      'attempt must',
    );
    expect(constructor(name)('* -> *', least)).toMatchObject({ link: '* -> *' });
  },
);

test.each(Object.entries(exchange))('%s: attempts are counted from 1', (name, least) => {
  for (const field of ['attempt', 'atMostPerKey']) {
    for (const value of [0, 1.5, '1']) {
      expect(refusal(name, '* -> erp', { ...least, [field]: value }).message).toContain(
        `${field} must`,
      );
    }
  }
  if (name !== 'expireToken') {
    expect(refusal(name, '* -> erp', { ...least, every: '1m' }).message).toContain('for must');
    expect(refusal(name, '* -> erp', { ...least, every: '1m', for: '60s' }).message).toContain(
      'for must',
    );
  }
});

test.each([
  ['duplicate', { copies: 0 }, 'copies'],
  ['duplicate', { after: 'later' }, 'after'],
  ['drop', { redeliverAfter: 0 }, 'redeliverAfter'],
  ['delay', {}, 'by'],
  ['delay', { by: '1s', jitter: -1 }, 'jitter'],
  ['reorder', {}, 'window'],
  ['reorder', { window: 2, againstKeyOrder: true }, 'window'],
  ['reorder', { window: 1.5 }, 'window'],
  ['reorder', { againstKeyOrder: false }, 'againstKeyOrder'],
  ['reorder', { window: 2, atMost: 0 }, 'atMost'],
  ['stale', { after: -1 }, 'after'],
  ['loseResponse', { how: 'politely' }, 'how'],
  ['lateCommit', {}, 'after'],
  ['lateCommit', { after: 0 }, 'after'],
  ['lateCommit', { after: '1s', answer: 'ok' }, 'answer'],
  ['reject', {}, 'error'],
  ['reject', { error: 'tired' }, 'error'],
  ['reject', { error: 'locked', retryAfter: '1s' }, 'retryAfter'],
  ['reject', { error: 'locked', rule: 'x' }, 'rule'],
  ['reject', { error: 'serverError', message: 'x' }, 'message'],
  ['throttle', {}, 'requestsPerSecond'],
  ['throttle', { rate: 0.5, requestsPerSecond: 1 }, 'requestsPerSecond'],
  ['throttle', { requestsPerSecond: 0 }, 'requestsPerSecond'],
  ['throttle', { rate: 0.5, retryAfter: 'soon' }, 'retryAfter'],
  ['outage', { answer: 'never' }, 'answer'],
  ['outage', { retryAfter: '1s' }, 'retryAfter'],
  ['latency', {}, 'latency'],
  ['latency', { latency: '1s' }, 'latency'],
  ['latency', { latency: 1, jitter: -1 }, 'jitter'],
  ['latency', { latency: 1, stream: 'sideways' }, 'stream'],
  ['staleRead', {}, 'age'],
  ['staleRead', { age: 0 }, 'age'],
] as const)('%s %o: names %s', (name, options, field) => {
  const link = name in message ? 'erp -> integration' : 'integration -> erp';
  const error = refusal(name, link, options);
  expect(error.code).toBe('fault.invalid');
  expect(error.message).toContain(`: ${field} must `);
});
