/** The faults that the console offers, each with what it needs to be felt. */

export interface Preset {
  readonly name: string;
  readonly kind: string;
  /** `calls`: the integration's calls into a system; `messages`: what a system sends it. */
  readonly strikes: 'calls' | 'messages';
  readonly options: Readonly<Record<string, unknown>>;
  /** Percent, where less than all is usual. */
  readonly rate?: number;
}

export const presets: readonly Preset[] = [
  { name: 'Outage', kind: 'outage', strikes: 'calls', options: {} },
  {
    name: 'Partial outage (503)',
    kind: 'outage',
    strikes: 'calls',
    options: { answer: 'unavailable', retryAfter: '2s' },
    rate: 30,
  },
  { name: 'Lost answers', kind: 'loseResponse', strikes: 'calls', options: {}, rate: 20 },
  {
    name: 'Slow answers',
    kind: 'latency',
    strikes: 'calls',
    options: { latency: 800, jitter: 400 },
  },
  {
    name: 'Late commits',
    kind: 'lateCommit',
    strikes: 'calls',
    options: { after: '2s' },
    rate: 20,
  },
  {
    name: 'Throttling (5 a second)',
    kind: 'throttle',
    strikes: 'calls',
    options: { requestsPerSecond: 5 },
  },
  {
    name: 'Server errors (500)',
    kind: 'reject',
    strikes: 'calls',
    options: { error: 'serverError' },
    rate: 20,
  },
  {
    name: 'Locked documents',
    kind: 'reject',
    strikes: 'calls',
    options: { error: 'locked' },
    rate: 20,
  },
  {
    name: 'Refusals by a rule',
    kind: 'reject',
    strikes: 'calls',
    options: { error: 'businessError' },
    rate: 10,
  },
  { name: 'Stale reads', kind: 'staleRead', strikes: 'calls', options: { age: '10s' }, rate: 50 },
  { name: 'Expired tokens', kind: 'expireToken', strikes: 'calls', options: {}, rate: 20 },
  { name: 'Duplicated messages', kind: 'duplicate', strikes: 'messages', options: {}, rate: 30 },
  { name: 'Delayed messages', kind: 'delay', strikes: 'messages', options: { by: '3s' }, rate: 50 },
  {
    name: 'Reordered messages',
    kind: 'reorder',
    strikes: 'messages',
    options: { window: 5 },
    rate: 50,
  },
  { name: 'Dropped messages', kind: 'drop', strikes: 'messages', options: {}, rate: 20 },
  { name: 'Stale messages', kind: 'stale', strikes: 'messages', options: {}, rate: 30 },
];
